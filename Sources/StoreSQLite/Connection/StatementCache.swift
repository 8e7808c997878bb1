/// Prepared statements by their text, for what is asked too seldom to have a place of its own.
final class StatementCache {
    private let connection: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]

    init(_ connection: OpaquePointer) { self.connection = connection }

    func statement(_ sql: String) throws(SQLiteFailure) -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        // Queries come in few forms; where a client varies them endlessly, forgetting all is as good as any choice.
        if statements.count >= SQLiteLimits.cachedQueriesMax { statements.removeAll() }
        let statement = try SQLiteStatement(connection, sql)
        statements[sql] = statement
        return statement
    }
}

extension SQLiteStatement {
    /// Reads all rows.
    func rows<Value>(_ read: (SQLiteStatement) throws -> Value) throws -> [Value] {
        defer { reset() }
        var values: [Value] = []
        while try step() { values.append(try read(self)) }
        return values
    }

    /// Reads the first row; nil if there is none.
    func firstRow<Value>(_ read: (SQLiteStatement) throws -> Value?) throws -> Value? {
        defer { reset() }
        return try step() ? read(self) : nil
    }
}
