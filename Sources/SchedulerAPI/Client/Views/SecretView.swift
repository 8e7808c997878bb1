package import SchedulerCore

/// What is told of a named secret (administration §5.5).
package struct SecretView: AnswerView {
    package let json: JSONValue
    package let name: String

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        name = try json.needed("name", json.text)
    }

    /// Whose requests may use it, as in grants.
    package var definitions: [String] { json.texts("definitions") }
    package var updatedBy: String? { json.text("updatedBy") }
    package var updatedTime: Timestamp? { json.instant("updatedTime") }
}
