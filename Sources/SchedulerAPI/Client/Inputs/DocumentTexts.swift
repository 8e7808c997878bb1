/// Texts of metadata documents for the server to read, and what goes with them (administration §3).
package struct DocumentTexts: Sendable {
    /// A text of YAML or JSON.
    package struct File: Sendable, Equatable {
        /// As errors name it.
        package let name: String
        package let text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    package var files: [File]
    /// Package in and below which what no document names is deleted; nil = nothing is.
    package var prune: String?
    /// Versions that objects are expected at, those of a plan; nil = whatever is stored.
    package var baseVersions: [String: Int]?
    /// Kept with new versions.
    package var comment: String?

    package init(files: [File], prune: String? = nil) {
        self.files = files
        self.prune = prune
    }

    var document: DocumentValue {
        .members([
            "documents": .list(files.map { ["file": .text($0.name), "text": .text($0.text)] }),
            "prune": DocumentValue(prune),
            "baseVersions": baseVersions.map { versions in
                .object(versions.sorted { $0.key < $1.key }.map { (name: $0.key, value: .number(Int64($0.value))) })
            },
            "comment": DocumentValue(comment),
        ])
    }
}
