/// Sample `NoOp`: succeeds at once.
struct NoOpJob: SwiftJob {
    func run(_ context: SwiftJobContext) async throws -> SwiftJobResult { .success }
}
