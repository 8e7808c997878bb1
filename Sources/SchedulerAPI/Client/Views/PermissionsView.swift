package import SchedulerCore

/// The caller's rights on a request (REST §5.8).
package struct PermissionsView: AnswerView {
    package let json: JSONValue
    /// Whether each right is held, by its name.
    package let permissions: [RequestAction: Bool]

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        guard let members = json["permissions"], members.kind == .object else {
            throw .unreadable("holds no permissions")
        }
        permissions = members.members.reduce(into: [:]) { permissions, member in
            if let action = RequestAction(rawValue: member.name) { permissions[action] = member.value.bool }
        }
    }

    package func allows(_ action: RequestAction) -> Bool { permissions[action] == true }
}
