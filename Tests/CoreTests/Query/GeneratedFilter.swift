import SchedulerCore

/// A random filter in three independent shapes: its spelling, the tree it must be read as, and what it means.
struct GeneratedFilter {
    /// How closely the outermost word of the spelling binds.
    enum Binding: Int {
        case or
        case and
        case factor
    }

    let text: String
    let tree: RequestFilter
    /// Whether an item matches, decided without the tree, from the rules of REST §7 alone.
    let holds: (OracleItem) -> Bool
    let binding: Binding
}

/// An item as the oracle knows it: values in plainest form, absent fields missing.
typealias OracleItem = [RequestField: OracleValue]

/// Numbers, instants and booleans as a number, texts as their code points.
enum OracleValue: Hashable {
    case number(Int64)
    case text([UInt32])
}
