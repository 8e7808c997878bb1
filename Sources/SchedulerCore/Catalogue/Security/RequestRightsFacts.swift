/// What rights on a request depend on (administration §5.2).
package struct RequestRightsFacts: Hashable, Sendable {
    package let requestID: RequestID
    /// Submitter of the root: children belong to him.
    package let submitter: String
    package let runAsUser: String
    package let enterpriseID: Int64
    /// Definition or set of the request and of each of its ancestors: a grant on any of them matches.
    package let definitions: [MetadataObjectID]

    package init(
        requestID: RequestID,
        submitter: String,
        runAsUser: String,
        enterpriseID: Int64 = User.defaultEnterpriseID,
        definitions: [MetadataObjectID]
    ) {
        self.requestID = requestID
        self.submitter = submitter
        self.runAsUser = runAsUser
        self.enterpriseID = enterpriseID
        self.definitions = definitions
    }
}
