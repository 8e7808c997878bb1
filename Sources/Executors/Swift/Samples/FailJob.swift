import SchedulerCore

/// Sample `Fail`: ends as `submit.argument1` says: SYSTEM (default), BUSINESS, MANUAL, WARNING or CANCEL, with the text
/// `submit.argument2`.
struct FailJob: SwiftJob {
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    func run(_ context: SwiftJobContext) async throws -> SwiftJobResult {
        let text = context.parameter("submit.argument2") ?? "This sample always fails."
        context.log(text, level: .error)
        switch (context.parameter("submit.argument1") ?? "").uppercased() {
        case "BUSINESS": throw BusinessError(text)
        case "MANUAL": throw ManualRecovery(text)
        case "WARNING": return .warning(text)
        case "CANCEL": throw CancellationError()
        default: throw Failure(description: text)
        }
    }
}
