internal import CLibPQ

/// The rows that a statement gave, in the memory that libpq read them into. Stays on the thread of its connection.
package final class PostgresResult {
    let handle: OpaquePointer

    /// - Parameter handle: a `PGresult` that nobody else clears.
    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    package var rowCount: Int { Int(PQntuples(handle)) }

    package var columnCount: Int { Int(PQnfields(handle)) }

    /// Rows that an INSERT, UPDATE, DELETE or SELECT met; 0 for anything else.
    package var affectedRows: Int {
        guard let text = PQcmdTuples(handle) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    /// Names of the columns, in order.
    package var columnNames: [String] {
        (0..<PQnfields(handle)).map { PQfname(handle, $0).map { String(cString: $0) } ?? "" }
    }

    /// Reads all rows.
    ///
    /// - Parameter read: reads a row's columns in order; the row is valid only inside it.
    /// - Returns: what `read` made of each, in order.
    /// - Throws: what `read` throws; `PostgresError` where it read what the column does not hold.
    package func rows<Value>(_ read: (PostgresRow) throws -> Value) throws -> [Value] {
        let row = PostgresRow(self)
        var values: [Value] = []
        values.reserveCapacity(rowCount)
        for index in 0..<PQntuples(handle) { values.append(try row.read(index, read)) }
        return values
    }

    /// Reads the first row; nil if there is none.
    package func firstRow<Value>(_ read: (PostgresRow) throws -> Value?) throws -> Value? {
        guard rowCount > 0 else { return nil }
        return try PostgresRow(self).read(0, read)
    }
}
