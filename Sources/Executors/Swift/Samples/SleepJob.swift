/// Sample `Sleep`: succeeds after `submit.argument1` seconds, default 10; ends early when cancelled.
struct SleepJob: SwiftJob {
    private static let secondsDefault = 10.0
    /// A day: a sample that is forgotten ends by itself.
    private static let secondsMax = 86_400.0

    func run(_ context: SwiftJobContext) async throws -> SwiftJobResult {
        var seconds = Self.secondsDefault
        if let text = context.parameter("submit.argument1"), !text.isEmpty {
            guard let number = Double(text), (0...Self.secondsMax).contains(number) else {
                throw BusinessError("submit.argument1 is no number of seconds between 0 and a day.")
            }
            seconds = number
        }
        context.log("sleeping for \(seconds) s")
        try await context.sleep(for: .seconds(seconds))
        context.log("awake")
        return .success
    }
}
