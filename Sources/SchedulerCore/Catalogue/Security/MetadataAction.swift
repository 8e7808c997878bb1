/// Rights on metadata objects (administration §5.3).
package enum MetadataAction: String, CaseIterable, Hashable, Sendable {
    case read = "READ"
    /// Submit a definition or set.
    case execute = "EXECUTE"
    case create = "CREATE"
    case update = "UPDATE"
    case delete = "DELETE"
    case all = "ALL"
}
