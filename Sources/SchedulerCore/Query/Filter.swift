/// A query over fields of one vocabulary, checked: every operator fits its field and every value is of its type.
///
/// Two-valued: a comparison with an absent attribute is false, with `ne` true, and `not` turns either round (REST §7).
/// `eq null` and `ne null` are read as `not (… pr)` and `… pr`, so no value is ever null.
package indirect enum Filter<Field: FilterField>: Hashable, Sendable {
    case comparison(Field, FilterOperator, FilterValue)
    /// `pr`: the attribute has a value.
    case present(Field)
    /// Two or more parts, all of which hold. Kept as one list, so that the depth of the tree is that of the
    /// parentheses, however long the filter.
    case and([Filter])
    /// Two or more parts, one of which holds.
    case or([Filter])
    case not(Filter)
}

/// A query over requests.
package typealias RequestFilter = Filter<RequestField>
