internal import GRDBSQLite
import StoreSupport

/// A prepared statement, bound and read by position. Stays on the thread of its connection.
///
/// GRDB's statements box every value; a request has seventy of them and a batch a thousand requests.
final class SQLiteStatement: RowSink, RowSource {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    /// Next parameter to bind, from 1.
    private var parameter: Int32 = 1
    /// Next column to read, from 0.
    private var column: Int32 = 0
    /// First failure of a bind; `step` reports it.
    private var bindCode: Int32 = SQLITE_OK

    init(_ connection: OpaquePointer, _ sql: String) throws(SQLiteFailure) {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw SQLiteFailure(connection: connection) }
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    // MARK: - Running

    /// Whether there is a row; false ends the run, after which the statement can be bound anew.
    func step() throws(SQLiteFailure) -> Bool {
        guard bindCode == SQLITE_OK else {
            let failure = SQLiteFailure(connection: connection)
            reset()
            throw failure
        }
        switch sqlite3_step(handle) {
        case SQLITE_ROW:
            column = 0
            return true
        case SQLITE_DONE:
            reset()
            return false
        default:
            let failure = SQLiteFailure(connection: connection)
            reset()
            throw failure
        }
    }

    /// Runs a statement that gives no rows.
    func run() throws(SQLiteFailure) {
        while try step() {}
    }

    /// Ends the run before its last row was read.
    func reset() {
        sqlite3_reset(handle)
        parameter = 1
        bindCode = SQLITE_OK
    }

    // MARK: - Binding

    func bind(_ value: Int64) {
        note(sqlite3_bind_int64(handle, parameter, value))
    }

    func bind(_ value: Int64?) {
        if let value { bind(value) } else { bindNull() }
    }

    func bind(_ value: String) {
        var text = value
        let code = text.withUTF8 { bytes in
            // A null pointer would bind NULL; an empty text is none.
            guard let base = bytes.baseAddress, bytes.count > 0 else {
                return sqlite3_bind_text(handle, parameter, "", 0, transient)
            }
            return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(handle, parameter, $0, Int32(clamping: bytes.count), transient)
            }
        }
        note(code)
    }

    func bind(_ value: String?) {
        if let value { bind(value) } else { bindNull() }
    }

    func bind(_ value: [UInt8]?) {
        guard let value else { return bindNull() }
        note(
            value.withUnsafeBytes {
                $0.isEmpty
                    ? sqlite3_bind_zeroblob(handle, parameter, 0)
                    : sqlite3_bind_blob(handle, parameter, $0.baseAddress, Int32(clamping: $0.count), transient)
            }
        )
    }

    func bindNull() { note(sqlite3_bind_null(handle, parameter)) }

    private func note(_ code: Int32) {
        if code != SQLITE_OK, bindCode == SQLITE_OK { bindCode = code }
        parameter += 1
    }

    // MARK: - Reading

    func integer() -> Int64 {
        defer { column += 1 }
        return sqlite3_column_int64(handle, column)
    }

    func optionalInteger() -> Int64? {
        defer { column += 1 }
        guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        return sqlite3_column_int64(handle, column)
    }

    func text() -> String { optionalText() ?? "" }

    func optionalText() -> String? {
        defer { column += 1 }
        guard let start = sqlite3_column_text(handle, column) else { return nil }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Gives the bytes of a blob, valid only inside `body`; nil where the column is NULL.
    func blob<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value? {
        defer { column += 1 }
        guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        let start = sqlite3_column_blob(handle, column)
        return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}

/// Tells SQLite to copy what is bound: Swift's buffers do not outlive the call.
private var transient: sqlite3_destructor_type {
    unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
}
