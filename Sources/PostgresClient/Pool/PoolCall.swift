/// A call that waits for a connection of a pool: run there, answered from there.
struct PoolCall: Sendable {
    /// Answers the caller.
    typealias Answer = () -> Void

    /// Runs the call; also tells whether it met an error that speaks against the connection.
    let run: @Sendable (PostgresConnection) -> (answer: Answer, isConnectionFit: Bool)
    let fail: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        _ continuation: CheckedContinuation<Value, any Error>,
        _ body: @escaping @Sendable (PostgresConnection) throws -> Value
    ) {
        run = { connection in
            do {
                let value = try body(connection)
                return ({ continuation.resume(returning: value) }, true)
            } catch {
                // A server that only reads was the primary once: the next connection may find the one that is now.
                let isReadOnly = (error as? PostgresError)?.isReadOnly == true
                return ({ continuation.resume(throwing: error) }, !isReadOnly)
            }
        }
        fail = { continuation.resume(throwing: $0) }
    }
}
