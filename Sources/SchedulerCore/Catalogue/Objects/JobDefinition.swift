/// A job that can be submitted (administration §1.1).
package struct JobDefinition: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    package var jobType: MetadataObjectID
    /// Submissions that name another application do not see the definition; nil = belongs to none.
    package var application: String?
    package var parameters: [Parameter]
    /// Names of code parameters that a submission may set all the same.
    package var overridable: [String]

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        jobType: MetadataObjectID,
        application: String? = nil,
        parameters: [Parameter] = [],
        overridable: [String] = []
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.jobType = jobType
        self.application = application
        self.parameters = parameters
        self.overridable = overridable
    }
}
