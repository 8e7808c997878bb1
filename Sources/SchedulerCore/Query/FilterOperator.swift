/// Comparison operators of the query grammar; raw values are the lower-case spelling (REST §7).
///
/// `pr` is no comparison: it has no value and stands alone in the tree as `Filter.present`.
package enum FilterOperator: String, CaseIterable, Hashable, Sendable {
    case equal = "eq"
    case notEqual = "ne"
    case contains = "co"
    case startsWith = "sw"
    case endsWith = "ew"
    case greater = "gt"
    case greaterOrEqual = "ge"
    case less = "lt"
    case lessOrEqual = "le"

    /// `eq` and `ne`, the only operators for which metadata ids are normalised.
    package var isEquality: Bool { self == .equal || self == .notEqual }
}
