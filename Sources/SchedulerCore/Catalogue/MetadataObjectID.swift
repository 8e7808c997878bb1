/// Canonical id of a metadata object, `Kind://package/Name` (administration §1.2).
package struct MetadataObjectID: Hashable, Sendable, CustomStringConvertible {
    package let kind: MetadataKind
    /// Starts with `/`, segments joined by `/`, no slash at the end: `/acme/billing`. Empty for User, Role, Grant.
    package let package: String
    package let name: String

    /// Takes parts that are known to be valid; text from outside goes through `init(parsing:default:)`.
    package init(kind: MetadataKind, package: String, name: String) {
        self.kind = kind
        self.package = package
        self.name = name
    }

    package var description: String { "\(kind.rawValue):/\(package)/\(name)" }
}
