internal import CLibPQ

/// Ends what a connection is running, from any thread, by a connection of its own.
// libpq guards it: nothing changes a PGcancel once it is made, and PQcancel may be called by several threads at once.
package final class PostgresCancellation: @unchecked Sendable {
    /// A `PGcancel`: the server's address and the key of the session.
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQfreeCancel(handle) }

    /// Asks the server to end the running statement, which then fails as `isCancelled`; where none runs, nothing
    /// happens. It may come late and meet the next statement: whoever cancels must still own the connection.
    ///
    /// Blocks until the server has taken note.
    package func cancel() throws(PostgresError) {
        var text = [CChar](repeating: 0, count: 256)
        guard PQcancel(handle, &text, Int32(text.count)) == 0 else { return }
        let message = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        throw PostgresError(.notConnected, message.trimmed)
    }
}
