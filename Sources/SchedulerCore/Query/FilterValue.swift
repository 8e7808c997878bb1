/// Value on one side of a comparison, already of the field's type.
package enum FilterValue: Sendable {
    /// Value of an `int64` or `int` field.
    case integer(Int64)
    case dateTime(Timestamp)
    /// Text, canonical metadata id or wire name of an enumeration's value.
    case text(String)
    case boolean(Bool)

    /// Whether the value comes strictly before `other`: text by code points, false before true. Nil when the two are
    /// of different kinds, which have no order.
    package func precedes(_ other: FilterValue) -> Bool? {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): left < right
        case (.dateTime(let left), .dateTime(let right)): left < right
        // The order of UTF-8 bytes is that of code points; String's own order is that of normalised text.
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.boolean(let left), .boolean(let right)): !left && right
        default: nil
        }
    }
}

extension FilterValue: Hashable {
    /// Text is equal only code point for code point (REST §7), unlike Swift strings, for which canonically
    /// equivalent spellings are equal.
    package static func == (left: FilterValue, right: FilterValue) -> Bool {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): left == right
        case (.dateTime(let left), .dateTime(let right)): left == right
        case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
        case (.boolean(let left), .boolean(let right)): left == right
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .integer(let value): hasher.combine(value)
        case .dateTime(let value): hasher.combine(value)
        // Equal texts have equal hashes: String hashes its normalised form, which is coarser than code points.
        case .text(let value): hasher.combine(value)
        case .boolean(let value): hasher.combine(value)
        }
    }
}
