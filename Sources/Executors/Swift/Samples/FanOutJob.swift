import SchedulerCore

/// Sample `FanOut`: has the job definition `submit.argument1` run `submit.argument2` times, default 3, and that in
/// `submit.argument3` rounds, default 1. It pauses for each round and keeps in its paused state how many rounds have
/// begun and how many sub-requests did not succeed; if any, it ends in WARNING.
struct FanOutJob: SwiftJob {
    private static let widthStandard = 3
    private static let widthMax = 1000
    private static let succeeded = "SUCCEEDED"

    func run(_ context: SwiftJobContext) async throws -> SwiftJobResult {
        guard let definition = context.parameter("submit.argument1"), !definition.isEmpty else {
            throw BusinessError("submit.argument1 names no job definition.")
        }
        let width = try number(2, of: context, upTo: Self.widthMax) ?? Self.widthStandard
        let rounds = try number(3, of: context, upTo: Limits.pausesPerAttempt) ?? 1
        let (begun, failedBefore) = progress(context.pausedState)
        for end in context.subRequests { context.log("\(end.requestID) ended \(end.state)") }
        let failed = failedBefore + context.subRequests.count { $0.state != Self.succeeded }
        guard begun < rounds else {
            return failed == 0 ? .success : .warning("\(failed) sub-requests did not succeed")
        }
        let round = begun + 1
        for place in 1...width {
            let parameters = [SwiftJobParameter(name: "submit.argument1", value: "\(round)")]
            let subRequest = SwiftSubRequest(definition, parameters: parameters, description: "\(place) of \(width)")
            let id = try await context.submit(subRequest)
            context.log("round \(round): submitted \(id)")
        }
        return .paused(state: "\(round) \(failed)")
    }

    private func number(_ argument: Int, of context: SwiftJobContext, upTo limit: Int) throws -> Int? {
        guard let text = context.parameter("submit.argument\(argument)"), !text.isEmpty else { return nil }
        guard let number = Int(text), (1...limit).contains(number) else {
            throw BusinessError("submit.argument\(argument) is no number from 1 to \(limit).")
        }
        return number
    }

    /// Rounds that have begun, and sub-requests of those before the last that did not succeed.
    private func progress(_ state: String?) -> (begun: Int, failed: Int) {
        let numbers = state?.split(separator: " ").compactMap { Int($0) } ?? []
        return numbers.count == 2 ? (numbers[0], numbers[1]) : (0, 0)
    }
}
