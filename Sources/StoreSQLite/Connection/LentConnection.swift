internal import GRDB
import SchedulerCore

/// A connection that GRDB opened and one thread of ours uses, with the statements prepared on it.
final class LentConnection<Session> {
    private let queue: DatabaseQueue
    private var session: Session?

    /// - Parameters:
    ///   - queue: used by nobody else from now on.
    ///   - prepare: makes the statements.
    init(_ queue: DatabaseQueue, prepare: (OpaquePointer) throws -> Session) throws {
        self.queue = queue
        let connection = queue.writeWithoutTransaction { $0.sqliteConnection }
        guard let connection else { throw StoreFault("the database is closed") }
        session = try prepare(connection)
    }

    func use(_ body: (Session) -> Void) {
        if let session { body(session) }
    }

    /// Closes the connection; its statements must go first.
    func close() throws {
        session = nil
        try queue.close()
    }
}
