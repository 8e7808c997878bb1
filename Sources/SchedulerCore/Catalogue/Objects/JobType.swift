/// What several job definitions have in common: an executor and parameters (administration §1.1).
package struct JobType: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    package var executionType: ExecutionType
    /// The job type this one refines; nil only for built-in ones.
    package var extends: MetadataObjectID?
    package var parameters: [Parameter]

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        executionType: ExecutionType,
        extends: MetadataObjectID?,
        parameters: [Parameter] = []
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.executionType = executionType
        self.extends = extends
        self.parameters = parameters
    }
}
