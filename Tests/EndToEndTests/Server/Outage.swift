import Glibc
import PostgresTesting

/// Takes its store from a running server, and gives it back.
final class Outage {
    /// The lock of whoever writes into the log of a SQLite database: the first of those in the `-shm` file
    /// (“WAL-mode File Format” in SQLite's documentation, §2.3.1).
    private static let writeLockStart: off_t = 120

    let home: ServerHome
    private let postgres: PrivatePostgres?
    private var locked: Int32?

    init(_ store: ServerHome.Store) throws {
        postgres = store == .postgres ? try PrivatePostgres() : nil
        home = try ServerHome(store, database: postgres)
    }

    /// PostgreSQL stops; the SQLite database is another's to write.
    func begin() throws {
        if let postgres { return try postgres.stop() }
        let file = open(home.folder.path("data/escapement.db-shm"), O_RDWR | O_CLOEXEC)
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = Self.writeLockStart
        lock.l_len = 1
        guard file >= 0, fcntl(file, F_SETLKW, &lock) == 0 else {
            throw ServerEnded(text: "the database's lock cannot be taken: \(String(cString: strerror(errno)))")
        }
        locked = file
    }

    func end() throws {
        if let postgres { return try postgres.start() }
        // The lock goes with it.
        if let locked { close(locked) }
        locked = nil
    }

    /// Removes a PostgreSQL that was for this alone.
    func remove() throws { try postgres?.remove() }
}
