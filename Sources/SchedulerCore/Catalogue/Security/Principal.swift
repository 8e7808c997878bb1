/// Who calls: what authentication found out, before any right is looked at.
package struct Principal: Hashable, Sendable {
    package let userName: String
    /// Roles he was given directly, by his User object or by his token.
    package let roles: Set<String>
    package let enterpriseID: Int64
    /// His User object is switched off: nothing is allowed.
    package let isDisabled: Bool

    package init(
        userName: String,
        roles: Set<String> = [],
        enterpriseID: Int64 = User.defaultEnterpriseID,
        isDisabled: Bool = false
    ) {
        self.userName = userName
        self.roles = roles
        self.enterpriseID = enterpriseID
        self.isDisabled = isDisabled
    }

    package init(_ user: User) {
        self.init(
            userName: user.name,
            roles: Set(user.roles),
            enterpriseID: user.enterpriseID,
            isDisabled: !user.isEnabled
        )
    }
}
