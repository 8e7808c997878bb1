internal import GRDB
internal import GRDBSQLite
package import SchedulerCore

/// What SQLite answered instead of doing its work.
package struct SQLiteFailure: Error, Hashable, Sendable {
    /// Extended result code.
    package let code: Int32
    /// SQLite's own text; it names tables and constraints, never values.
    package let message: String

    package init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    /// The failure that the connection has just met.
    init(connection: OpaquePointer?) {
        code = sqlite3_extended_errcode(connection)
        message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "unknown"
    }

    /// Any error as a fault of the store; refusals of the core do not come here.
    static func fault(_ error: any Error) -> StoreFault {
        switch error {
        case let fault as StoreFault: fault
        case let failure as SQLiteFailure: failure.fault
        case let error as DatabaseError:
            SQLiteFailure(code: error.extendedResultCode.rawValue, message: error.message ?? "unknown").fault
        default: StoreFault("unexpected error in the SQLite store: \(type(of: error))")
        }
    }

    package var fault: StoreFault {
        let passes: Set<Int32> = [
            SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_NOMEM, SQLITE_READONLY,
            SQLITE_INTERRUPT,
        ]
        return StoreFault("SQLite error \(code): \(message)", kind: passes.contains(primary) ? .unavailable : .failed)
    }

    /// Whether a commit that failed so leaves the connection usable.
    ///
    /// After a failed write or fsync nobody knows what is on disk: the kernel may have dropped the pages and would
    /// report success the next time. Then only a restart, which reads the log anew, tells the truth.
    var spoilsConnection: Bool { ![SQLITE_FULL, SQLITE_BUSY, SQLITE_NOMEM, SQLITE_CONSTRAINT].contains(primary) }

    private var primary: Int32 { code & 0xFF }
}
