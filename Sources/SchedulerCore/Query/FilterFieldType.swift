/// Type of a field, which decides its operators and the values it is compared with (REST §7).
package enum FilterFieldType: Hashable, Sendable {
    case int64
    /// 32 bits.
    case int
    case dateTime
    case string
    /// Text that holds the id of a metadata object; ids of `eq` and `ne` are brought to canonical form, a bare one
    /// taken for the given kind (REST §2.7).
    case metadataID(MetadataKind)
    /// One of these wire names, compared in any case.
    case enumeration([String])
    case boolean

    /// Comparisons the type allows; `pr` fits every type.
    package var operators: Set<FilterOperator> {
        switch self {
        case .int64, .int, .dateTime: Self.ordered
        case .string, .metadataID: Self.all
        case .enumeration, .boolean: Self.equality
        }
    }

    private static let all = Set(FilterOperator.allCases)
    private static let ordered: Set<FilterOperator> = [
        .equal, .notEqual, .greater, .greaterOrEqual, .less, .lessOrEqual,
    ]
    private static let equality: Set<FilterOperator> = [.equal, .notEqual]
}
