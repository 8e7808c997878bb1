/// Operations that belong together, in a document a tag.
struct APIGroup: Sendable {
    /// One word: tools make names of it.
    let name: String
    let about: String
    let operations: [APIOperation]

    init(_ name: String, _ about: String, _ operations: [APIOperation]) {
        self.name = name
        self.about = about
        self.operations = operations
    }

    /// The tag as the document lists it.
    var value: DocumentValue { ["name": .text(name), "description": .text(about)] }
}
