import Executors
import FoundationEssentials
import Logging
import PostgresClient
import SchedulerCore
import SchedulerEngine

/// The executors of a server and what they share.
struct JobServices {
    let registry: ExecutorRegistry
    let callouts: CalloutExecutor
    let content: FileContentStore
    let supervisor: ProcessSupervisor?
    let outbound: OutboundCaller
    let swiftJobs: SwiftJobRegistry
    private let dataSources: SQLDataSources

    /// - Parameters:
    ///   - configuration: `process.*`, `outbound.*`, `dataDir`.
    ///   - policy: outbound rules in force.
    ///   - signingKey: key of `callback.signingKeyFile` in force.
    ///   - contentPath: folder of logs and outputs.
    ///   - ledgerFolder: where what runs is noted for the next server.
    ///   - reporting: takes the check-ins of jobs inside the server.
    ///   - subRequests: takes their sub-requests.
    ///   - swiftJobs: what `SYS_className` may name.
    ///   - time: clocks of the node.
    ///   - logger: of the server.
    /// - Throws: `ServerFailure` and the errors of the executors where something they need is missing.
    init(
        _ configuration: ServerConfiguration,
        policy: @escaping @Sendable () -> OutboundPolicy,
        signingKey: @escaping @Sendable () -> [UInt8]?,
        contentPath: String,
        ledgerFolder: String,
        reporting: any InvocationReporting,
        subRequests: any SubRequestSubmitting,
        swiftJobs: SwiftJobRegistry,
        time: any TimeSource,
        logger: Logger
    ) throws {
        content = try FileContentStore(root: contentPath)
        self.swiftJobs = swiftJobs
        outbound = OutboundCaller(settings: { OutboundSettings(policy: policy(), signingKey: signingKey()) })
        let services = SwiftJobServices(
            content: content,
            reporting: reporting,
            subRequests: subRequests,
            time: time,
            logger: logger
        )
        var process: ProcessJobExecutor?
        if configuration.process.isEnabled {
            let supervisor = try ProcessSupervisor(adoption: .everyChild, ledgerFolder: ledgerFolder)
            let settings = try Self.processSettings(configuration)
            try DataDirectory.makeWorkFolder(configuration.process.workDirectory)
            process = ProcessJobExecutor(
                supervisor: supervisor,
                content: content,
                time: time,
                logger: logger,
                settings: { settings }
            )
            self.supervisor = supervisor
        } else {
            supervisor = nil
        }
        let swift = SwiftJobExecutor(registry: swiftJobs, services: services)
        dataSources = try Self.dataSources(configuration)
        registry = ExecutorRegistry(
            process: process,
            http: HTTPJobExecutor(caller: outbound, time: time),
            swift: swift,
            sql: SQLExecutor(sources: dataSources, content: content, time: time, logger: logger)
        )
        callouts = CalloutExecutor(caller: outbound, swift: swift, time: time)
    }

    /// Ends what is left: called after the engine.
    func close() async {
        await supervisor?.close()
        await outbound.shutdown()
        await dataSources.close()
    }

    private static func dataSources(_ configuration: ServerConfiguration) throws -> SQLDataSources {
        try SQLDataSources(
            configuration.dataSources.mapValues { source in
                var options = PostgresOptions(uri: source.uri)
                options.passwordFile = source.passwordFile
                return SQLDataSources.Source(options, poolSize: source.poolSize)
            }
        )
    }

    private static func processSettings(_ configuration: ServerConfiguration) throws -> ProcessJobSettings {
        let process = configuration.process
        let limits = process.limits
        return ProcessJobSettings(
            users: JobUserPolicy(
                standard: try standardUser(process),
                allowed: process.allowedUsers,
                allowsRoot: process.allowRoot
            ),
            allowsShell: process.allowShell,
            environmentNames: process.environment,
            serverEnvironment: ProcessSurroundings.environment,
            workDirectory: process.workDirectory,
            limits: ProcessLimits(
                cpu: limits.cpu.map { UInt64($0.components.seconds) },
                memory: limits.memoryBytes.map(UInt64.init),
                processes: limits.processes.map(UInt64.init),
                fileSize: limits.fileSizeBytes.map(UInt64.init),
                files: limits.files.map(UInt64.init)
            )
        )
    }

    private static func standardUser(_ process: ServerConfiguration.Process) throws -> JobUser {
        guard let name = process.user else { return try JobUser.current() }
        guard let user = try JobUser.lookUp(name) else { throw ServerFailure("process.user: there is no user \(name)") }
        return user
    }
}

/// Kills what a dead predecessor's jobs have left running.
struct RecoveringReaper: AbandonedProcessReaper {
    /// How long killed processes may take to vanish.
    private static let patience: Duration = .seconds(5)

    let logger: Logger

    /// Ends what earlier servers with this data directory have left, whatever the store knows of it.
    ///
    /// - Parameter folder: of their notes.
    func reapPredecessors(_ folder: String) async {
        do {
            for (leader, finding) in try await ProcessLedger.endRemnants(in: folder, patience: Self.patience) {
                logger.notice(
                    "Processes of an earlier server ended",
                    metadata: ["pid": "\(leader.pid)", "finding": "\(finding)"]
                )
            }
        } catch {
            logger.error("Processes of earlier servers could not be looked for", metadata: ["error": "\(error)"])
        }
    }

    func isGone(_ process: ProcessIdentity) -> Bool { ProcessRecovery.isGone(process) }

    func reap(_ requests: [JobRequest]) async {
        let remnants = requests.compactMap { request in
            request.process.map { (request, ProcessRecovery.Remnant(identity: $0)) }
        }
        do {
            let findings = try await ProcessRecovery.recover(remnants.map(\.1), patience: Self.patience)
            for (request, remnant) in remnants {
                let result = [
                    "pid": "\(remnant.identity.pid)",
                    "finding": findings[remnant].map { "\($0)" } ?? "unknown",
                ]
                let fields = request.logFields.merging(result) { $1 }
                logger.info("Abandoned process looked for", metadata: fields.mapValues { .string($0) })
            }
        } catch {
            logger.error(
                "Abandoned processes could not be looked for",
                metadata: ["request.count": "\(remnants.count)", "error": "\(error)"]
            )
        }
    }
}
