/// A piece of SQL with the values of its parameters, in order: each `?` takes the next. Values never become text.
package struct SQLText {
    package var sql: String
    package var values: [SQLValue] = []

    package init(_ sql: String, _ values: SQLValue...) {
        self.sql = sql
        self.values = values
    }

    private init(sql: String, values: [SQLValue]) {
        self.sql = sql
        self.values = values
    }

    static let always = SQLText("TRUE")
    static let never = SQLText("FALSE")

    static func constant(_ value: Bool) -> SQLText { value ? always : never }

    /// The same values inside more SQL.
    package func wrapped(_ prefix: String, _ suffix: String = "") -> SQLText {
        SQLText(sql: prefix + sql + suffix, values: values)
    }

    /// All rows of some statements.
    static func united(_ statements: [SQLText]) -> SQLText {
        SQLText(sql: statements.map(\.sql).joined(separator: " UNION ALL "), values: statements.flatMap(\.values))
    }

    /// Joins conditions as a balanced tree: SQLite bounds the depth of an expression at 1000, and a chain of a
    /// thousand parts would be as deep as it is long.
    static func joined(_ parts: [SQLText], by word: String, empty: SQLText) -> SQLText {
        guard parts.count > 1 else { return parts.first ?? empty }
        let middle = parts.count / 2
        let left = joined(Array(parts[..<middle]), by: word, empty: empty)
        let right = joined(Array(parts[middle...]), by: word, empty: empty)
        return SQLText(sql: "(\(left.sql) \(word) \(right.sql))", values: left.values + right.values)
    }
}

/// Value of a parameter.
package enum SQLValue: Hashable, Sendable {
    case integer(Int64)
    case text(String)
    /// A list, as the dialect wants it.
    case integers([Int64])
}
