/// Number of an ESS error: `ErrorCode(1013)` is written `ESS-01013` (REST §8).
///
/// Meaning, HTTP status and message template of every code stand in one table, `ErrorCatalogue`.
package struct ErrorCode: Hashable, Sendable, CustomStringConvertible, ExpressibleByIntegerLiteral {
    package let number: Int

    package init(_ number: Int) { self.number = number }

    package init(integerLiteral value: Int) { self.init(value) }

    package var description: String {
        let digits = String(number)
        return "ESS-" + String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
    }
}
