import SchedulerCore

/// One comparison of a filter, or its negation, as a condition.
struct FieldComparison {
    private let field: RequestField
    private let source: FieldSource
    private let comparison: FilterOperator
    private let value: FilterValue
    private let isNegated: Bool
    private let dialect: SQLDialect

    init(
        _ field: RequestField,
        _ comparison: FilterOperator,
        _ value: FilterValue,
        negated: Bool,
        in dialect: SQLDialect
    ) {
        self.dialect = dialect
        self.field = field
        source = FieldSource(field, in: dialect)
        self.comparison = comparison
        self.value = value
        isNegated = negated
    }

    var condition: SQLText {
        guard field.type.holds(value) else { return unlike }
        switch (source, value) {
        case (.number(let sql, _), .integer(let number)): return ordered(sql, .integer(number))
        case (.number(let sql, _), .dateTime(let instant)):
            let condition = ordered(sql, .integer(instant.milliseconds))
            return field == .submissionTime ? boundingNumbers(condition, instant) : condition
        case (.number(let sql, _), .boolean(let flag)): return ordered(sql, .integer(flag ? 1 : 0))
        case (.submissionTime, .dateTime(let instant)): return submitted(instant)
        case (.text(let sql, _), .text(let text)): return admittingAbsence(words(sql, text))
        case (.label(let sql, _), .text(let text)): return label(sql, text)
        case (.code(let sql, let names, _), .text): return code(sql, names)
        default: return unlike
        }
    }

    /// Values of different kinds are unequal and have no order; an absent one is unequal too.
    private var unlike: SQLText { .constant((comparison == .notEqual) != isNegated) }

    /// Whether the condition holds where the field is absent.
    private var holdsForAbsent: Bool { (comparison == .notEqual) != isNegated }

    private func admittingAbsence(_ condition: SQLText) -> SQLText {
        guard holdsForAbsent, let optional = source.optionalSQL else { return condition }
        return SQLText.joined([SQLText("\(optional) IS NULL"), condition], by: "OR", empty: .never)
    }

    /// SQL's operator for the comparison or its negation; nil for those that look into a text.
    private var sqlOperator: String? {
        switch comparison {
        case .equal: isNegated ? "<>" : "="
        case .notEqual: isNegated ? "=" : "<>"
        case .greater: isNegated ? "<=" : ">"
        case .greaterOrEqual: isNegated ? "<" : ">="
        case .less: isNegated ? ">=" : "<"
        case .lessOrEqual: isNegated ? ">" : "<="
        case .contains, .startsWith, .endsWith: nil
        }
    }

    private func ordered(_ sql: String, _ operand: SQLValue) -> SQLText {
        guard let sqlOperator else { return unlike }
        return admittingAbsence(SQLText("\(sql) \(sqlOperator) ?", operand))
    }

    /// Where several nodes submit, numbers follow time but nearly. Still what was submitted long before an instant has
    /// smaller numbers than all that was after it; told so, a database that lists by number does not begin with the
    /// oldest.
    private func boundingNumbers(_ condition: SQLText, _ instant: Timestamp) -> SQLText {
        guard sqlOperator == ">" || sqlOperator == ">=" else { return condition }
        let (before, overflow) = instant.milliseconds.subtractingReportingOverflow(dialect.numbersLagMilliseconds)
        guard !overflow else { return condition }
        let bound = SQLText(
            "r.id > coalesce((SELECT id FROM request_fact WHERE submission_time < ? "
                + "ORDER BY submission_time DESC, id DESC LIMIT 1), 0)",
            .integer(before)
        )
        return .joined([condition, bound], by: "AND", empty: .always)
    }

    /// Text is compared byte for byte: SQLite does so by itself, PostgreSQL by the collation of the columns.
    private func words(_ sql: String, _ text: String) -> SQLText {
        if let sqlOperator { return SQLText("\(sql) \(sqlOperator) ?", .text(text)) }
        // Every text contains, starts and ends with the empty one.
        guard !text.isEmpty else { return SQLText("\(sql) IS \(isNegated ? "" : "NOT ")NULL") }
        let equals = isNegated ? "<>" : "="
        return switch comparison {
        case .startsWith: SQLText("substr(\(sql), 1, length(?)) \(equals) ?", .text(text), .text(text))
        case .endsWith: SQLText("\(dialect.suffix(sql, length: "length(?)")) \(equals) ?", .text(text), .text(text))
        default: SQLText("\(dialect.position(in: sql)) \(isNegated ? "=" : ">") 0", .text(text))
        }
    }

    /// Labels are few: their texts are searched, then the rows by key. Equality is kept apart, because only a single
    /// key lets the index give the rows in order of their numbers.
    private func label(_ sql: String, _ text: String) -> SQLText {
        switch sqlOperator {
        case "=": SQLText("\(sql) = (SELECT key FROM label WHERE text = ?)", .text(text))
        case "<>":
            admittingAbsence(SQLText("\(sql) <> coalesce((SELECT key FROM label WHERE text = ?), 0)", .text(text)))
        default:
            admittingAbsence(words("text", text).wrapped("\(sql) IN (SELECT key FROM label WHERE ", ")"))
        }
    }

    /// The numbers whose names match; they come from our own tables and are written out, so that the database can see
    /// which partial indexes they fit.
    private func code(_ sql: String, _ names: [(code: Int64, name: String)]) -> SQLText {
        let codes = names.filter { _, name in
            let evaluator = FilterEvaluator<RequestField> { _ in .text(name) }
            return evaluator.matches(.comparison(field, comparison, value)) != isNegated
        }
        .map { String($0.code) }
        let matching: SQLText =
            switch codes.count {
            case 0: .never
            case 1: SQLText("\(sql) = \(codes[0])")
            default: SQLText("\(sql) IN (\(codes.joined(separator: ", ")))")
            }
        return admittingAbsence(matching)
    }

    /// Store time never goes back and numbers are given in order: an instant divides the numbers in two. Comparing
    /// numbers instead keeps a list in their order, which an index over instants would not give.
    private func submitted(_ instant: Timestamp) -> SQLText {
        let from = Self.firstNumber("submission_time >= ?", instant)
        let behind = Self.firstNumber("submission_time > ?", instant)
        return switch sqlOperator {
        case "=": .joined([from.wrapped("r.id >= "), behind.wrapped("r.id < ")], by: "AND", empty: .always)
        case "<>": .joined([from.wrapped("r.id < "), behind.wrapped("r.id >= ")], by: "OR", empty: .always)
        case ">": behind.wrapped("r.id >= ")
        case ">=": from.wrapped("r.id >= ")
        case "<": from.wrapped("r.id < ")
        case "<=": behind.wrapped("r.id < ")
        default: unlike
        }
    }

    /// Number of the first request submitted then; one greater than all where there is none.
    private static func firstNumber(_ condition: String, _ instant: Timestamp) -> SQLText {
        SQLText(
            "coalesce((SELECT id FROM request WHERE \(condition) ORDER BY submission_time, id LIMIT 1), \(Int64.max))",
            .integer(instant.milliseconds)
        )
    }
}

extension FilterFieldType {
    /// Whether values of the field are of the kind of `value`.
    fileprivate func holds(_ value: FilterValue) -> Bool {
        switch (self, value) {
        case (.int64, .integer), (.int, .integer), (.dateTime, .dateTime), (.boolean, .boolean): true
        case (.string, .text), (.metadataID, .text), (.enumeration, .text): true
        default: false
        }
    }
}
