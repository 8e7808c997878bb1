/// A call that waits for a connection: run there, answered from there.
///
/// It may be run more than once, when the transaction it shared with others was undone.
package struct StoreOperation<Context>: Sendable {
    /// Answers the caller; called once the work is durable.
    package typealias Answer = () -> Void

    package let run: @Sendable (inout Context) throws -> Answer
    package let fail: @Sendable (any Error) -> Void

    package init<Value: Sendable>(
        _ continuation: CheckedContinuation<Value, any Error>,
        _ body: @escaping @Sendable (inout Context) throws -> Value
    ) {
        run = { context in
            let value = try body(&context)
            return { continuation.resume(returning: value) }
        }
        fail = { continuation.resume(throwing: $0) }
    }
}
