/// Order of a list by one field: `field[:asc|desc]` (REST §5.2).
///
/// Absent values come last in either direction; among equals the list's own id decides, ascending.
package struct SortOrder<Field: FilterField>: Hashable, Sendable {
    package enum Direction: String, Hashable, Sendable {
        case ascending = "asc"
        case descending = "desc"
    }

    package let field: Field
    package let direction: Direction

    package init(_ field: Field, _ direction: Direction = .ascending) {
        self.field = field
        self.direction = direction
    }

    /// Reads `orderBy`, of whose comma list only the first member counts; the others are not even checked. Blanks
    /// round the parts are ignored, the direction is taken in any case.
    ///
    /// Fails with ESS-05014 for a field not in `fields` and ESS-05015 for another direction.
    package init(parsing text: String, fields: Set<Field> = Set(Field.allCases)) throws(SchedulerError) {
        let first = text.unicodeScalars.prefix { $0 != "," }
        let parts = first.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(Self.trimmed)
        let name = parts.first ?? ""
        guard let field = Field.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }),
            fields.contains(field)
        else { throw SchedulerError(5014, Self.quoted(name)) }
        self.init(field, parts.count > 1 ? try Self.direction(parts[1]) : .ascending)
    }

    /// Whether an item with the value `left` comes before one with `right`; nil = the field does not decide.
    package func precedes(_ left: FilterValue?, _ right: FilterValue?) -> Bool? {
        guard let left, let right else { return (left == nil) == (right == nil) ? nil : left != nil }
        guard left != right else { return nil }
        return direction == .ascending ? left.precedes(right) : right.precedes(left)
    }

    private static func direction(_ text: String) throws(SchedulerError) -> Direction {
        guard text.utf8.allSatisfy({ $0 < 0x80 }), let direction = Direction(rawValue: text.lowercased()) else {
            throw SchedulerError(5015, quoted(text))
        }
        return direction
    }

    private static func trimmed(_ part: Substring.UnicodeScalarView) -> String {
        let start = part.drop { $0 == " " }
        let count = start.reversed().drop { $0 == " " }.count
        return String(String.UnicodeScalarView(start.prefix(count)))
    }

    private static func quoted(_ text: String) -> String {
        let cut = text.unicodeScalars.prefix(FilterLimits.quotedCodePointsMax)
        return String(cut) + (cut.endIndex < text.unicodeScalars.endIndex ? "…" : "")
    }
}

extension SortOrder where Field == RequestField {
    /// Order of requests when none is asked for: `requestId` ascending.
    package static let standard = SortOrder(.requestID)
}

/// Order of a list of requests.
package typealias RequestSortOrder = SortOrder<RequestField>
