import SchedulerCore

/// Sample `Remote`: an asynchronous job whose answer never comes by itself. It shows the wait for a report, a cancel
/// that stays unanswered, and forceCancel.
struct RemoteJob: CancellableSwiftJob {
    func run(_ context: SwiftJobContext) async throws -> SwiftJobResult {
        let id = "remote-\(context.requestID)-\(context.executionAttempt)"
        context.log("started as \(id); a report by the request's handle ends it")
        return .waiting(externalID: id)
    }

    func cancel(_ context: SwiftJobContext, reason: String) async throws -> SwiftJobCancelAnswer {
        context.log("told of the cancel (\(reason)); no answer will come", level: .warning)
        return .told
    }
}
