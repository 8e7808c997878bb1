/// Which requests somebody may read, in a form that a store can turn into a condition (administration §5.2).
///
/// A request of the right enterprise is readable if the scope is unlimited, if the user is its submitter or run-as
/// user,
/// or if a rule takes in its definition or an ancestor's and the rule's filter matches.
package struct ReadScope: Hashable, Sendable {
    /// Reads no request at all.
    package static let nothing = ReadScope(userName: nil, enterpriseID: nil, isUnlimited: false, rules: [])

    /// Nil: has no own requests.
    package let userName: String?
    /// The only enterprise whose requests are visible; nil = those of all.
    package let enterpriseID: Int64?
    package let isUnlimited: Bool
    package let rules: [RequestRule]

    package init(userName: String?, enterpriseID: Int64?, isUnlimited: Bool, rules: [RequestRule]) {
        self.userName = userName
        self.enterpriseID = enterpriseID
        self.isUnlimited = isUnlimited
        self.rules = rules
    }
}
