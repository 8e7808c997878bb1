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

    /// One object as calls answer it, with what the server knows about it; asterisks stand for secrets.
    package static func answer(_ object: MetadataObject) -> [UInt8] {
        var members = masked(object.content)
        members["id"] = .string(object.id.description)
        members["version"] = .integer(Int64(object.version))
        members["origin"] = .string(object.origin.rawValue)
        members["createdBy"] = object.createdBy.map { .string($0) }
        members["createdTime"] = object.createdTime.map { .string($0.description) }
        members["updatedBy"] = object.updatedBy.map { .string($0) }
        members["updatedTime"] = object.updatedTime.map { .string($0.description) }
        return Array(JSONValue.object(members).text.utf8)
    }

    private static func masked(_ content: MetadataContent) -> ContentEncoder.Members {
        var members = ContentEncoder.members(of: content) { _ in Parameter.maskedValue }
        if members["passwordHash"] != nil { members["passwordHash"] = .string(Parameter.maskedValue) }
        return members
    }

    private static func members(of content: MetadataContent) -> ContentEncoder.Members {
        ContentEncoder.members(of: content.withoutSecrets) { $0 }
    }
}
