/// The text of a statement with parameters `$1`, `$2`, …
package struct PostgresStatement: Hashable, Sendable, ExpressibleByStringLiteral {
    package let sql: String
    /// Whether a connection prepares it at its first use and keeps it.
    let isKept: Bool

    /// A statement that each connection prepares once.
    package init(_ sql: String) {
        self.sql = sql
        isKept = true
    }

    package init(stringLiteral sql: String) { self.init(sql) }

    private init(sql: String, isKept: Bool) {
        self.sql = sql
        self.isKept = isKept
    }

    /// A statement that is planned anew at each use, with the values of its parameters before the planner's eyes.
    package static func once(_ sql: String) -> PostgresStatement { PostgresStatement(sql: sql, isKept: false) }
}
