/// What the databases say differently.
package enum SQLDialect: Sendable {
    case sqlite
    case postgres

    /// The greater of two numbers, neither of them NULL.
    func greatest(_ left: String, _ right: String) -> String {
        switch self {
        case .sqlite: "max(\(left), \(right))"
        case .postgres: "greatest(\(left), \(right))"
        }
    }

    /// The last code points of a text, as many as `length` says.
    func suffix(_ text: String, length: String) -> String {
        switch self {
        case .sqlite: "substr(\(text), -\(length))"
        case .postgres: "right(\(text), \(length))"
        }
    }

    /// Where the parameter begins in a text, from 1; 0 for nowhere.
    func position(in text: String) -> String {
        switch self {
        case .sqlite: "instr(\(text), ?)"
        case .postgres: "strpos(\(text), ?)"
        }
    }

    /// Whether a number is in the list that is the parameter.
    func isMember(_ number: String) -> String {
        switch self {
        case .sqlite: "\(number) IN (SELECT value FROM json_each(?))"
        case .postgres: "\(number) = ANY (?)"
        }
    }

    /// Whether numbers of requests are given in order of their submission, so that one can be sought for the other:
    /// not where several nodes submit.
    var numbersFollowTime: Bool { self == .sqlite }
}
