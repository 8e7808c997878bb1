/// What documents of all kinds have in common (administration §1.1).
package protocol MetadataDocument: Hashable, Sendable {
    var id: MetadataObjectID { get }
    var displayName: String? { get }
    var description: String? { get }
    /// Objects that the document names and that must exist, in the order of the document. Patterns and filters, which
    /// may match nothing, name none.
    var references: [MetadataReference] { get }
}

/// A place of a document that names another object.
package struct MetadataReference: Hashable, Sendable {
    /// JSON pointer (RFC 6901) into the document.
    package let path: String
    package let id: MetadataObjectID

    package init(_ path: String, _ id: MetadataObjectID) {
        self.path = path
        self.id = id
    }

    /// Names an object without package.
    init(_ path: String, _ kind: MetadataKind, named name: String) {
        self.init(path, MetadataObjectID(kind: kind, package: "", name: name))
    }

    /// One for each item of a list.
    static func all(_ path: String, _ ids: [MetadataObjectID]) -> [MetadataReference] {
        ids.enumerated().map { MetadataReference("\(path)/\($0.offset)", $0.element) }
    }

    /// One for each name of an object without package.
    static func all(_ path: String, _ kind: MetadataKind, named names: [String]) -> [MetadataReference] {
        names.enumerated().map { MetadataReference("\(path)/\($0.offset)", kind, named: $0.element) }
    }
}
