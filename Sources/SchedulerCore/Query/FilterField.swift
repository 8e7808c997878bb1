/// A vocabulary of the query grammar: what a filter may name. Raw values are the names on the wire, exact in case.
///
/// Requests are one (`RequestField`); the grammar also serves other lists, each with fields of its own.
package protocol FilterField: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
    var type: FilterFieldType { get }
    /// Comparisons the field allows; those of its type unless a vocabulary narrows them.
    var operators: Set<FilterOperator> { get }
    /// Whether filters may ask by `pr`, `eq null` or `ne null` if an attribute has a value; yes unless a vocabulary
    /// says otherwise.
    static var hasPresence: Bool { get }
}

extension FilterField {
    package var operators: Set<FilterOperator> { type.operators }
    package static var hasPresence: Bool { true }
}
