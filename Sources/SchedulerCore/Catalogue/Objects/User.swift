/// Somebody who may sign in (administration §1.1, §5).
package struct User: Hashable, Sendable {
    /// Enterprise of a user for whom nothing is said.
    package static let defaultEnterpriseID: Int64 = 1

    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    /// False: signs in no more, and his requests end at their start.
    package var isEnabled: Bool
    package var enterpriseID: Int64
    /// Names of roles.
    package var roles: [String]
    /// Nil: cannot sign in by password.
    package var passwordHash: PasswordHashText?

    package var name: String { id.name }

    package init(
        name: String,
        displayName: String? = nil,
        description: String? = nil,
        isEnabled: Bool = true,
        enterpriseID: Int64 = User.defaultEnterpriseID,
        roles: [String] = [],
        passwordHash: PasswordHashText? = nil
    ) {
        id = MetadataObjectID(kind: .user, package: "", name: name)
        self.displayName = displayName
        self.description = description
        self.isEnabled = isEnabled
        self.enterpriseID = enterpriseID
        self.roles = roles
        self.passwordHash = passwordHash
    }
}
