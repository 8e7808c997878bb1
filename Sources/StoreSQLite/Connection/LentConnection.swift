internal import GRDB
internal import GRDBSQLite
import SchedulerCore

/// A connection that GRDB opened and one thread of ours uses, with the statements prepared on it.
final class LentConnection<Session> {
    private let queue: DatabaseQueue
    private var session: Session?

    /// - Parameters:
    ///   - queue: used by nobody else from now on.
    ///   - prepare: makes the statements.
    /// - Throws: what `prepare` throws.
    init(_ queue: DatabaseQueue, prepare: (OpaquePointer) throws -> Session) throws {
        self.queue = queue
        let connection = queue.writeWithoutTransaction { $0.sqliteConnection }
        guard let connection else { throw StoreFault("the database is closed") }
        // GRDB watches statements and transactions of its own; ours it must not see.
        sqlite3_set_authorizer(connection, nil, nil)
        sqlite3_commit_hook(connection, nil, nil)
        sqlite3_rollback_hook(connection, nil, nil)
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
