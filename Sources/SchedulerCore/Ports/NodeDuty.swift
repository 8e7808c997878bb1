/// What a node may be told to leave, each by itself (administration §4). Raw values are the names in paths.
package enum NodeDuty: String, CaseIterable, Hashable, Sendable {
    /// Looks for what is due.
    case dispatcher
    /// Runs it.
    case processor
}
