/// Roles that exist without being written down, and the grants that give them their rights (administration §5.3).
package enum BuiltInRoles {
    package static let administrator = "EscapementAdmin"

    package static let roles: [Role] = [
        Role(name: "ESSOperator", description: "Sees all requests", privileges: [.monitor]),
        Role(name: "ESSMonitor", description: "Sees all requests", privileges: [.monitor]),
        Role(name: "ESSAdmin", description: "Sees, changes and cancels all requests", privileges: [.monitor]),
        Role(name: "BIAdministrator", description: "Reads and republishes output of all requests"),
        Role(
            name: administrator,
            description: "Administers the server and all requests, without their output",
            privileges: Privilege.administration.union([.exemptRequestAdminPolicy])
        ),
    ]

    package static let grants: [Grant] = [
        grant(to: "ESSOperator", requests: .read),
        grant(to: "ESSMonitor", requests: .read),
        grant(to: "ESSAdmin", requests: .admin),
        grant(to: "BIAdministrator", requests: [.outputRead, .outputUpdate]),
        Grant(
            name: administrator,
            grantee: .role(administrator),
            metadata: [MetadataRule(resource: .all, actions: [.all])]
        ),
    ]

    private static func grant(to role: String, requests: RequestActionSet) -> Grant {
        Grant(name: role, grantee: .role(role), requests: [RequestRule(actions: requests)])
    }
}
