package import Logging
import PostgresClient
package import SchedulerCore

/// Runs SQL jobs: one statement in one transaction on a data source (runtime §9.3).
///
/// A cancel asks the server to end the statement; when the grace is over the connection is broken. Either way the
/// transaction is rolled back, unless its commit has won.
package struct SQLExecutor: JobExecutor {
    /// How long a job waits for a connection of its data source: longer than anything that holds one should take.
    private static let connectionWaitMax: Duration = .seconds(24 * 3600)
    private static let businessError: SQLState = "ESB01"
    private static let cancelled: SQLState = "ESC01"

    private let sources: SQLDataSources
    private let content: any ContentWriting
    private let tokens: TokenResolver
    private let time: any TimeSource
    private let logger: Logger

    /// - Parameters:
    ///   - sources: databases by name; whoever made them closes them.
    ///   - content: takes the notices of the database.
    ///   - tokens: finds properties and secrets.
    ///   - time: stamps log lines, measures graces.
    ///   - logger: of the server.
    package init(
        sources: SQLDataSources,
        content: any ContentWriting,
        tokens: TokenResolver = TokenResolver(),
        time: any TimeSource,
        logger: Logger
    ) {
        self.sources = sources
        self.content = content
        self.tokens = tokens
        self.time = time
        self.logger = logger
    }

    package func execute(_ invocation: Invocation) async -> InvocationResult {
        guard invocation.control.stopDemand == nil else { return .endedByServer }
        let name = invocation.value("SYS_EXT_dataSource") ?? ""
        guard let pool = sources[name] else {
            return .ended(.systemError("There is no data source “\(name)” on this server."))
        }
        let call: SQLCall
        do {
            call = try await SQLCall(invocation, tokens: tokens)
        } catch let error as any CustomStringConvertible {
            return .ended(.systemError(error.description))
        } catch {
            return .ended(.systemError("The statement could not be prepared."))
        }
        let interruption = PostgresInterruption()
        let isDemanded = FirstResult<Void>()
        let grace = FirstResult<Duration>()
        let urgent = FirstResult<Void>()
        invocation.control.onStop { demand in
            interruption.cancel()
            isDemanded.deliver(())
            grace.deliver(demand.grace)
            if demand.grace <= .zero { urgent.deliver(()) }
        }
        return await withTaskGroup(of: InvocationResult?.self) { group in
            group.addTask { await run(call, on: pool, invocation, interruption, isDemanded) }
            group.addTask {
                guard let grace = try? await grace.value(), (try? await time.sleep(for: grace)) != nil else {
                    return nil
                }
                interruption.sever()
                return nil
            }
            group.addTask {
                if (try? await urgent.value()) != nil { interruption.sever() }
                return nil
            }
            for await result in group {
                guard let result else { continue }
                group.cancelAll()
                return result
            }
            return .endedByServer
        }
    }

    /// Nothing of a SQL job is left for a call to tell.
    package func callCancel(_ invocation: Invocation) async -> CancelCallAnswer { .answered }

    /// Runs the statement; a demand also ends the wait for a connection.
    private func run(
        _ call: SQLCall,
        on pool: PostgresPool,
        _ invocation: Invocation,
        _ interruption: PostgresInterruption,
        _ isDemanded: FirstResult<Void>
    ) async -> InvocationResult {
        let log = notices(of: invocation)
        return await withTaskGroup(of: InvocationResult?.self) { group in
            group.addTask {
                do {
                    let reply = try await pool.withConnection(timeout: Self.connectionWaitMax) { connection in
                        try interruption.run(on: connection) {
                            connection.onNotice(log)
                            defer { connection.onNotice(nil) }
                            return try Self.perform(call, of: invocation.request.id, on: connection, interruption)
                        }
                    }
                    return .ended(reply.outcome)
                } catch {
                    return Self.result(of: error, wasStopped: invocation.control.stopDemand != nil)
                }
            }
            group.addTask {
                _ = try? await isDemanded.value()
                return nil
            }
            var result: InvocationResult?
            for await end in group {
                result = result ?? end
                // A call that still waits gives up; one that has its connection comes to its end all the same.
                group.cancelAll()
            }
            return result ?? .endedByServer
        }
    }

    private static func perform(
        _ call: SQLCall,
        of id: RequestID,
        on connection: PostgresConnection,
        _ interruption: PostgresInterruption
    ) throws -> SQLReply {
        try connection.transaction {
            var name = PostgresParameters()
            name.append("escapement/\(id)")
            _ = try connection.query("SELECT set_config('application_name', $1, true)", name)
            try interruption.check()
            let reply = try SQLReply(connection.query(.once(call.sql), call.parameters))
            try interruption.check()
            return reply
        }
    }

    private static func result(of error: any Error, wasStopped: Bool) -> InvocationResult {
        guard let error = error as? PostgresError else {
            return wasStopped ? .endedByServer : .ended(.systemError("The job was given up."))
        }
        switch error.sqlState {
        case Self.businessError: return .ended(.businessError(text: error.message))
        case Self.cancelled: return .ended(.cancelled(text: error.message))
        default: break
        }
        if wasStopped, error.isCancelled || error.isConnectionLost { return .endedByServer }
        let state = error.sqlState.map { " (SQLSTATE \($0))" } ?? ""
        return .ended(.systemError("\(error.message)\(state)"))
    }

    /// Writes what the database says to the log of the request.
    private func notices(of invocation: Invocation) -> @Sendable (PostgresNotice) -> Void {
        let least = invocation.value("SYS_EXT_requestLogLevel").flatMap { JobLogLevel(parsing: $0) } ?? .info
        let request = invocation.request
        return { notice in
            let level: JobLogLevel =
                switch notice.severity {
                case "WARNING": .warning
                case "DEBUG": .debug
                default: .info
                }
            guard level >= least else { return }
            do {
                try content.appendLog(notice.message, of: request.id, level: level, at: time.now())
            } catch {
                logger.warning(
                    "A line of a request's log could not be written.",
                    metadata: request.logMetadata(error: "\(error)")
                )
            }
        }
    }
}
