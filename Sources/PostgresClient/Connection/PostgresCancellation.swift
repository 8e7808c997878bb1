internal import CLibPQ
@preconcurrency internal import Glibc

/// Ends what a connection is running, from any thread, by a connection of its own.
// libpq guards it: nothing changes a PGcancel once it is made, and PQcancel may be called by several threads at once.
package final class PostgresCancellation: @unchecked Sendable {
    /// A `PGcancel`: the server's address and the key of the session.
    private let handle: OpaquePointer

    /// The connection's socket, valid as long as it is not closed.
    private let descriptor: Int32

    init(_ handle: OpaquePointer, descriptor: Int32) {
        self.handle = handle
        self.descriptor = descriptor
    }

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

    /// Breaks the connection under the statement that runs on it, which then fails as `isConnectionLost`. Whoever does
    /// so must know that the connection is not closed.
    func sever() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
}
