/// Which requests are removed, how long after their end (administration §6.5).
package struct PurgePolicy: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    package var isEnabled: Bool
    /// When the policy runs; nil = daily at 03:00 UTC.
    package var schedule: MetadataObjectID?
    package var criteria: PurgeCriteria
    /// Most requests that one run removes; nil = no limit.
    package var maxRequests: Int64?
    /// Whether rows, logs and outputs of what is removed are kept.
    package var isLogicalOnly: Bool
    package var retention: PurgeRetention

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        isEnabled: Bool = true,
        schedule: MetadataObjectID? = nil,
        criteria: PurgeCriteria = PurgeCriteria(),
        maxRequests: Int64? = nil,
        isLogicalOnly: Bool = false,
        retention: PurgeRetention = PurgeRetention()
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.isEnabled = isEnabled
        self.schedule = schedule
        self.criteria = criteria
        self.maxRequests = maxRequests
        self.isLogicalOnly = isLogicalOnly
        self.retention = retention
    }
}

/// What the root of a tree must have for a policy to take it; nil = anything.
///
/// Definitions and types need not exist: their requests may outlive them.
package struct PurgeCriteria: Hashable, Sendable {
    package var application: String?
    package var product: String?
    /// A definition or a set.
    package var jobDefinition: MetadataObjectID?
    package var jobType: MetadataObjectID?
    package var executionType: ExecutionType?
    package var submitter: String?

    package init(
        application: String? = nil,
        product: String? = nil,
        jobDefinition: MetadataObjectID? = nil,
        jobType: MetadataObjectID? = nil,
        executionType: ExecutionType? = nil,
        submitter: String? = nil
    ) {
        self.application = application
        self.product = product
        self.jobDefinition = jobDefinition
        self.jobType = jobType
        self.executionType = executionType
        self.submitter = submitter
    }
}

/// Days that requests are kept after their `completedTime`, by their end; nil = as `other`.
package struct PurgeRetention: Hashable, Sendable {
    package static let standardDays: Int64 = 90

    /// `default`: of every end that has no number of its own.
    package var other: Int64
    /// SUCCEEDED and FINISHED.
    package var success: Int64?
    package var error: Int64?
    package var warning: Int64?
    package var cancelled: Int64?

    package init(
        other: Int64 = PurgeRetention.standardDays,
        success: Int64? = nil,
        error: Int64? = nil,
        warning: Int64? = nil,
        cancelled: Int64? = nil
    ) {
        self.other = other
        self.success = success
        self.error = error
        self.warning = warning
        self.cancelled = cancelled
    }

    /// Days after the end in a terminal state.
    package func days(after state: RequestState) -> Int64 {
        switch state {
        case .succeeded, .finished: success ?? other
        case .error: error ?? other
        case .warning: warning ?? other
        case .cancelled: cancelled ?? other
        default: other
        }
    }
}
