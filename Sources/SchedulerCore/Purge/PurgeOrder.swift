/// What a run of a purge is to take: a copy, so that it stays the same whatever becomes of its policy meanwhile.
package struct PurgeOrder: Hashable, Sendable {
    /// Nil for criteria that somebody gave by hand.
    package var policy: MetadataObjectID?
    package var criteria: PurgeCriteria
    package var retention: PurgeRetention
    /// Most requests that the run takes; nil = no limit.
    package var maxRequests: Int64?
    /// Whether rows, logs and outputs of what is taken are kept.
    package var isLogicalOnly: Bool
    /// Whether the run only counts what it would take.
    package var isDryRun: Bool

    package init(
        policy: MetadataObjectID? = nil,
        criteria: PurgeCriteria = PurgeCriteria(),
        retention: PurgeRetention = PurgeRetention(),
        maxRequests: Int64? = nil,
        isLogicalOnly: Bool = false,
        isDryRun: Bool = false
    ) {
        self.policy = policy
        self.criteria = criteria
        self.retention = retention
        self.maxRequests = maxRequests
        self.isLogicalOnly = isLogicalOnly
        self.isDryRun = isDryRun
    }

    package init(_ policy: PurgePolicy, isDryRun: Bool = false) {
        self.init(
            policy: policy.id,
            criteria: policy.criteria,
            retention: policy.retention,
            maxRequests: policy.maxRequests,
            isLogicalOnly: policy.isLogicalOnly,
            isDryRun: isDryRun
        )
    }

    /// The states in which a root may be taken, in the order in which a run goes through them.
    package static let states: [RequestState] = [
        .succeeded, .finished, .error, .warning, .cancelled, .expired, .validationFailed,
    ]

    /// The last `completedTime` that is old enough in a state, for a run that began at `start`.
    package func cutoff(of state: RequestState, start: Timestamp) -> Timestamp {
        let days = min(max(0, retention.days(after: state)), MetadataLimits.retentionDaysMax)
        return start + .milliseconds(-days * Self.dayMilliseconds)
    }

    private static let dayMilliseconds: Int64 = 86_400_000
}

extension PurgeCriteria {
    /// Whether the root of a tree has what is asked for. Names are equal byte for byte, as in stores.
    package func matches(_ root: JobRequest) -> Bool {
        let facts = root.facts
        return Self.isEqual(application, facts.application) && Self.isEqual(product, facts.product)
            && Self.isEqual(submitter, facts.submitter)
            && (jobDefinition.map { $0 == facts.definitionID } ?? true)
            && (jobType.map { CatalogueIndex.canonical($0) == facts.jobTypeID.map(CatalogueIndex.canonical) } ?? true)
            && (executionType.map { $0 == facts.executor?.executionType } ?? true)
    }

    private static func isEqual(_ wanted: String?, _ text: String?) -> Bool {
        guard let wanted else { return true }
        return text.map { $0.utf8.elementsEqual(wanted.utf8) } ?? false
    }
}
