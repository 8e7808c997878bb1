package import SchedulerCore

/// Writes objects as documents for people, in the form that `DocumentReader` reads (administration §2). Secrets are
/// left out.
package enum DocumentWriter {
    /// One document for each object, in the order given; empty without objects.
    package static func yaml(_ contents: [MetadataContent]) -> String {
        contents.map { YAMLWriter.document(members(of: $0)) }.joined(separator: "---\n")
    }

    /// One object, compact, members by name.
    package static func json(_ content: MetadataContent) -> String {
        JSONValue.object(members(of: content)).text
    }

    private static func members(of content: MetadataContent) -> ContentEncoder.Members {
        ContentEncoder.members(of: content.withoutSecrets) { $0 }
    }
}
