/// Decides in memory whether one item matches filters: the meaning that every store's own evaluation must have.
package struct FilterEvaluator<Field: FilterField> {
    /// The item's value of a field, nil where it is absent: wire names for enumerations, canonical metadata ids.
    package let value: (Field) -> FilterValue?

    package init(value: @escaping (Field) -> FilterValue?) { self.value = value }

    package func matches(_ filter: Filter<Field>) -> Bool {
        switch filter {
        case .comparison(let field, let comparison, let expected):
            guard let actual = value(field) else { return comparison == .notEqual }
            return Self.holds(actual, comparison, expected)
        case .present(let field): return value(field) != nil
        case .and(let parts): return parts.allSatisfy(matches)
        case .or(let parts): return parts.contains(where: matches)
        case .not(let inner): return !matches(inner)
        }
    }

    /// Values of different kinds, which a checked filter cannot meet, are unequal and have no order.
    private static func holds(_ actual: FilterValue, _ comparison: FilterOperator, _ expected: FilterValue) -> Bool {
        switch comparison {
        case .equal: actual == expected
        case .notEqual: actual != expected
        case .greater: expected.precedes(actual) ?? false
        case .greaterOrEqual: actual.precedes(expected).map(!) ?? false
        case .less: actual.precedes(expected) ?? false
        case .lessOrEqual: expected.precedes(actual).map(!) ?? false
        case .contains, .startsWith, .endsWith: holdsWithin(actual, comparison, expected)
        }
    }

    /// Compares UTF-8 bytes: in valid text a match of bytes is one of whole code points.
    private static func holdsWithin(
        _ actual: FilterValue,
        _ comparison: FilterOperator,
        _ expected: FilterValue
    ) -> Bool {
        guard case .text(let text) = actual, case .text(let part) = expected else { return false }
        return switch comparison {
        case .startsWith: text.utf8.starts(with: part.utf8)
        case .endsWith: text.utf8.reversed().starts(with: part.utf8.reversed())
        default: contains(Array(text.utf8), Array(part.utf8))
        }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard text.count >= part.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }
}
