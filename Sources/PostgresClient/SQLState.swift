/// PostgreSQL's five-character code of an outcome (PostgreSQL manual, appendix A).
package struct SQLState: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    package let code: String

    package init(_ code: String) { self.code = code }

    package init(stringLiteral code: String) { self.code = code }

    package var description: String { code }

    /// The first two characters.
    package var category: String { String(code.prefix(2)) }

    package static let numericValueOutOfRange: SQLState = "22003"
    package static let divisionByZero: SQLState = "22012"
    package static let characterNotInRepertoire: SQLState = "22021"
    package static let notNullViolation: SQLState = "23502"
    package static let foreignKeyViolation: SQLState = "23503"
    package static let uniqueViolation: SQLState = "23505"
    package static let checkViolation: SQLState = "23514"
    package static let readOnlyTransaction: SQLState = "25006"
    package static let failedTransaction: SQLState = "25P02"
    package static let unknownStatement: SQLState = "26000"
    package static let invalidPassword: SQLState = "28P01"
    package static let featureNotSupported: SQLState = "0A000"
    package static let serializationFailure: SQLState = "40001"
    package static let deadlock: SQLState = "40P01"
    package static let undefinedTable: SQLState = "42P01"
    package static let lockNotAvailable: SQLState = "55P03"
    package static let queryCancelled: SQLState = "57014"
    package static let adminShutdown: SQLState = "57P01"

    /// Classes of what passes: connection, transaction rollback, resources, operator intervention, system.
    private static let passingCategories: Set<String> = ["08", "40", "53", "57", "58"]
    private static let passing: Set<SQLState> = [readOnlyTransaction, lockNotAvailable, "25P03", "55006"]

    /// Whether the same call may succeed later.
    var passes: Bool { Self.passingCategories.contains(category) || Self.passing.contains(self) }

    /// Classes whose messages may quote values: data exceptions, and what functions raise in their own words.
    private static let quotingCategories: Set<String> = ["22", "P0", "XX", "F0", "HV", "38", "39"]

    /// Whether the server's message with this code is free of values.
    var isMessageSafe: Bool { !Self.quotingCategories.contains(category) }
}
