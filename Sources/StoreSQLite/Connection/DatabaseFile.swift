import Foundation
internal import GRDB
internal import GRDBSQLite
import SchedulerCore

/// The database file: how it is made and how connections to it are opened.
struct DatabaseFile: Sendable {
    let path: String

    /// Makes the file, readable by its owner alone, and makes its name durable; SQLite gives the files beside it the
    /// same mode. One that exists stays as it is.
    func create() throws(StoreFault) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(SQLiteLimits.fileMode))
        guard descriptor >= 0 else {
            guard errno == EEXIST else { throw Self.fault("cannot create \(path)") }
            return
        }
        close(descriptor)
        let directory = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw Self.fault("cannot open the directory of \(path)") }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw Self.fault("cannot make \(path) durable") }
    }

    /// Opens the one connection that writes.
    func writer() throws -> DatabaseQueue {
        var configuration = Self.configuration(label: "store.writer")
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            // GRDB sets NORMAL with the WAL mode: an acknowledged commit would not survive a loss of power.
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA journal_size_limit = \(SQLiteLimits.walBytesKept);
                    PRAGMA cache_size = -\(SQLiteLimits.writerCacheKibibytes);
                    PRAGMA temp_store = MEMORY;
                    """
            )
            let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
            guard synchronous == 2 else { throw StoreFault("the database does not accept synchronous=FULL") }
        }
        return queue
    }

    /// Opens a connection that reads.
    func reader() throws -> DatabaseQueue {
        var configuration = Self.configuration(label: "store.reader")
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction {
            try $0.execute(
                sql: "PRAGMA cache_size = -\(SQLiteLimits.readerCacheKibibytes); PRAGMA temp_store = MEMORY"
            )
        }
        return queue
    }

    private static func configuration(label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = label
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(SQLiteLimits.busyTimeoutSeconds)
        return configuration
    }

    private static func fault(_ text: String) -> StoreFault {
        StoreFault("\(text): \(String(cString: strerror(errno)))", kind: .unavailable)
    }
}
