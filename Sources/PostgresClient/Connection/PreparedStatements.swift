/// The statements that are prepared on a connection, with the names it knows them by.
struct PreparedStatements {
    struct Entry {
        let name: String
        /// Types of the parameters, by object identifier.
        let types: [UInt32]
    }

    private var entries: [PostgresStatement: Entry] = [:]
    /// Names are not used twice: one that failed half-way may still be there.
    private var lastName = 0

    var count: Int { entries.count }

    subscript(statement: PostgresStatement) -> Entry? {
        get { entries[statement] }
        set { entries[statement] = newValue }
    }

    mutating func next(types: [UInt32]) -> Entry {
        lastName += 1
        return Entry(name: "s\(lastName)", types: types)
    }

    mutating func forget(_ statement: PostgresStatement) { entries[statement] = nil }

    mutating func forgetAll() { entries.removeAll(keepingCapacity: true) }

    /// Whether the server no longer runs a statement as it was prepared: unknown to it, or of another row type.
    static func isStale(_ error: PostgresError) -> Bool {
        error.sqlState == .unknownStatement
            || error.sqlState == .featureNotSupported && error.message.contains("cached plan")
    }
}
