package import SchedulerCore

/// Hands each invocation to the executor of its kind.
package struct ExecutorRegistry: JobExecutor {
    private let executors: [ExecutorKind: any JobExecutor]

    /// - Parameter executors: by kind; a kind without one fails its requests with a clear SYSTEM error.
    package init(_ executors: [ExecutorKind: any JobExecutor]) { self.executors = executors }

    /// - Parameters:
    ///   - process: runs processes; nil: `process.enabled` is false.
    ///   - http: runs HTTP and SOAP jobs.
    ///   - swift: runs jobs inside the server.
    ///   - sql: runs statements; nil: there is no data source.
    package init(
        process: (any JobExecutor)?,
        http: any JobExecutor,
        swift: any JobExecutor,
        sql: (any JobExecutor)? = nil
    ) {
        var executors: [ExecutorKind: any JobExecutor] = [.swift: swift]
        executors[.process] = process
        executors[.sql] = sql
        for kind in [ExecutorKind.http, .soapSynchronous, .soapAsynchronous, .soapOneway] { executors[kind] = http }
        self.init(executors)
    }

    package func execute(_ invocation: Invocation) async -> InvocationResult {
        guard let kind = invocation.request.facts.executor else {
            return .ended(.systemError("A job set is not invoked."))
        }
        guard let executor = executors[kind] else {
            return .ended(.systemError("Jobs of the kind “\(kind.rawValue)” are not available on this server."))
        }
        return await executor.execute(invocation)
    }

    package func callCancel(_ invocation: Invocation) async -> CancelCallAnswer {
        // Without an executor nobody can be told, now or later.
        guard let executor = invocation.request.facts.executor.flatMap({ executors[$0] }) else { return .answered }
        return await executor.callCancel(invocation)
    }
}
