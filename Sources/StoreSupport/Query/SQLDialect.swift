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

    /// The logical cluster that a request `r` asks for, the last but one part of its `WorkClass` label; NULL for none.
    var logicalCluster: String {
        switch self {
        case .sqlite:
            // Twice all behind the last separator is cut off: what `rtrim` takes is every other character of the text.
            """
            (SELECT nullif(substr(head, length(rtrim(head, replace(head, char(31), ''))) + 1), '')
             FROM (SELECT substr(text, 1, length(rtrim(text, replace(text, char(31), ''))) - 1) AS head
                   FROM label WHERE key = r.work_class))
            """
        case .postgres:
            "(SELECT nullif(split_part(l.text, chr(31), -2), '') FROM label AS l WHERE l.key = r.work_class)"
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

    /// Whether a number is among those that a statement finds.
    func isMember(_ number: String, of found: SQLText) -> SQLText {
        switch self {
        case .sqlite: found.wrapped("\(number) IN (", ")")
        case .postgres: found.wrapped("\(number) = ANY (ARRAY(", "))")
        }
    }

    /// Rows of statements over `request AS r`, each of which can give its own in an order, without those that are no
    /// use: SQLite merges what comes in order, PostgreSQL is told to plan each for its first rows.
    func merged(_ statements: [SQLText], by order: String, limit: Int) -> SQLText {
        guard self == .postgres else { return .united(statements) }
        return .united(
            statements.map { statement in
                var part = statement.wrapped("(", " ORDER BY \(order) LIMIT ?)")
                part.values.append(.integer(Int64(limit)))
                return part
            }
        )
    }

    /// How columns of `request_detail` are selected beside those of a request `r`. PostgreSQL's planner may prefer to
    /// join whole tables; a look-up in the list of columns leaves it no choice.
    func sideData(_ names: [String]) -> (columns: String, join: String) {
        let columns =
            switch self {
            case .sqlite: names.map { "d.\($0)" }
            case .postgres: names.map { "(SELECT d.\($0) FROM request_detail AS d WHERE d.id = r.id)" }
            }
        let join = self == .sqlite ? " LEFT JOIN request_detail AS d ON d.id = r.id" : ""
        return (columns.joined(separator: ", "), join)
    }

    /// Whether numbers of requests are given in order of their submission, so that one can be sought for the other:
    /// not where several nodes submit.
    var numbersFollowTime: Bool { self == .sqlite }

    /// Milliseconds by which a number may be older than the submission that has it, where numbers do not follow time:
    /// more than a transaction may take.
    var numbersLagMilliseconds: Int64 { 600_000 }

    /// Makes a table's rows be found by an index, where the database can be told.
    func hint(_ index: String) -> String { self == .sqlite ? " INDEXED BY \(index)" : "" }
}
