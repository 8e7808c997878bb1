package import SchedulerCore

/// A stored object: its document, secrets masked, with what the server knows about it (administration §3).
package struct ObjectView: AnswerView {
    package let json: JSONValue
    /// Canonical.
    package let id: String
    package let version: Int

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        id = try json.needed("id", json.text)
        version = try json.needed("version", json.count)
    }

    package var kind: MetadataKind? { json.named("kind") }
    package var package: String? { json.text("package") }
    package var name: String? { json.text("name") }
    package var displayName: String? { json.text("displayName") }
    package var origin: MetadataOrigin? { json.named("origin") }
    package var createdTime: Timestamp? { json.instant("createdTime") }
    package var createdBy: String? { json.text("createdBy") }
    package var updatedTime: Timestamp? { json.instant("updatedTime") }
    package var updatedBy: String? { json.text("updatedBy") }
}

/// One of the last versions of an object.
package struct ObjectVersionView: AnswerView {
    package let json: JSONValue
    package let version: Int

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        version = try json.needed("version", json.count)
    }

    package var comment: String? { json.text("comment") }
    package var updatedTime: Timestamp? { json.instant("updatedTime") }
    package var updatedBy: String? { json.text("updatedBy") }
}

/// An object that uses another.
package struct ReferrerView: AnswerView {
    package let json: JSONValue
    package let id: String

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        id = try json.needed("id", json.text)
    }
}

/// A customised value of an object.
package struct CustomizationView: AnswerView {
    package let json: JSONValue
    package let value: String

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        value = try json.needed("value", json.text)
    }

    package var property: CustomizableProperty? { json.named("property") }
}

/// The caller's rights on an object.
package struct ObjectPermissionsView: AnswerView {
    package let json: JSONValue

    package init(_ json: JSONValue) { self.json = json }

    package var actions: [MetadataAction] { json.names("actions") }
}
