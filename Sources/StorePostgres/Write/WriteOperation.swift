import StoreSupport

/// A call that waits for a writer.
struct WriteOperation: Sendable {
    let needs: WriteNeeds
    let operation: StoreOperation<PostgresTransaction>
}
