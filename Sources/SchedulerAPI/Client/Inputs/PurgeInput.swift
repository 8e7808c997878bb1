package import SchedulerCore

/// What is to be purged: by a policy, or by criteria and ages in days (administration §6.5).
package enum PurgeInput: Sendable {
    /// Id of a policy.
    case policy(String)
    case criteria(PurgeCriteria, PurgeRetention)

    func document(isDryRun: Bool) -> DocumentValue {
        switch self {
        case .policy(let id): ["dryRun": .flag(isDryRun), "policy": .text(id)]
        case .criteria(let criteria, let retention):
            .members([
                "criteria": .members([
                    "application": DocumentValue(criteria.application),
                    "executionType": DocumentValue(criteria.executionType?.rawValue),
                    "jobDefinition": DocumentValue(criteria.jobDefinition?.description),
                    "jobType": DocumentValue(criteria.jobType?.description),
                    "product": DocumentValue(criteria.product),
                    "submitter": DocumentValue(criteria.submitter),
                ]),
                "retentionDays": .members([
                    "default": .number(retention.other), "success": DocumentValue(retention.success),
                    "error": DocumentValue(retention.error), "warning": DocumentValue(retention.warning),
                    "cancelled": DocumentValue(retention.cancelled),
                ]),
                "dryRun": .flag(isDryRun),
            ])
        }
    }
}
