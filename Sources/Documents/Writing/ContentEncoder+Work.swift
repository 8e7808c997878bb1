import SchedulerCore

extension ContentEncoder {
    // MARK: - Job sets

    static func jobSet(_ set: JobSet, _ sealSecret: Sealing) rethrows -> Members {
        var members: Members = ["executionMode": .string(set.executionMode.rawValue)]
        members["firstStep"] = set.firstStep.map { .string($0) }
        members["steps"] = .array(try set.steps.map { .object(try step($0, sealSecret)) })
        members["application"] = set.application.map { .string($0) }
        members["parameters"] = try parameters(set.parameters, sealSecret)
        return members
    }

    private static func step(_ step: JobSetStep, _ sealSecret: Sealing) rethrows -> Members {
        var members: Members = ["stepId": .string(step.stepID), "job": .string(step.job.description)]
        members["parameters"] = try parameters(step.parameters, sealSecret)
        members["links"] = step.links.map { links in
            let targets = StepOutcome.allCases.compactMap { outcome in
                links[outcome].map { (outcome.rawValue, JSONValue.string($0)) }
            }
            return .object(Members(uniqueKeysWithValues: targets))
        }
        return members
    }

    // MARK: - Work

    static func incompatibility(_ incompatibility: Incompatibility) -> Members {
        [
            "type": .string(incompatibility.type.rawValue),
            "entities": .array(incompatibility.entities.map { .object(entity($0)) }),
        ]
    }

    private static func entity(_ entity: IncompatibleEntity) -> Members {
        var members: Members = ["entity": .string(entity.entity.description)]
        members["property"] = entity.property.map { .string($0) }
        members["selfIncompatible"] = flag(entity.isSelfIncompatible)
        return members
    }

    static func workshift(_ shift: Workshift) -> Members {
        var members: Members = ["allocation": .integer(shift.allocation)]
        members["schedule"] = shift.schedule.map { .string($0.description) }
        members["duration"] = shift.duration.map { .integer($0) }
        members["plsqlLimit"] = shift.plsqlLimit.map { .integer($0) }
        members["asyncJavaLimit"] = shift.asyncJavaLimit.map { .integer($0) }
        return members
    }

    static func workAssignment(_ assignment: WorkAssignment) -> Members {
        var members: Members = ["active": .boolean(assignment.isActive)]
        members["specialization"] = assignment.specialization.map { .string($0.text) }
        members["workshifts"] = list(assignment.workshifts.map(\.description))
        let bindings = assignment.bindings.map { JSONValue.object(binding($0)) }
        members["bindings"] = bindings.isEmpty ? nil : .array(bindings)
        return members
    }

    private static func binding(_ binding: WorkBinding) -> Members {
        [
            "node": .string(binding.node), "scope": .string(binding.scope.rawValue),
            "enabled": .boolean(binding.isEnabled),
        ]
    }

    // MARK: - Purging

    static func purgePolicy(_ policy: PurgePolicy) -> Members {
        var members: Members = [
            "enabled": .boolean(policy.isEnabled), "logicalDeleteOnly": .boolean(policy.isLogicalOnly),
            "retentionDays": .object(retention(policy.retention)),
        ]
        members["schedule"] = policy.schedule.map { .string($0.description) }
        let criteria = criteria(policy.criteria)
        members["criteria"] = criteria.isEmpty ? nil : .object(criteria)
        members["maxRequests"] = policy.maxRequests.map { .integer($0) }
        return members
    }

    private static func criteria(_ criteria: PurgeCriteria) -> Members {
        var members: Members = [:]
        members["application"] = criteria.application.map { .string($0) }
        members["product"] = criteria.product.map { .string($0) }
        members["jobDefinition"] = criteria.jobDefinition.map { .string($0.description) }
        members["jobType"] = criteria.jobType.map { .string($0.description) }
        members["executionType"] = criteria.executionType.map { .string($0.rawValue) }
        members["submitter"] = criteria.submitter.map { .string($0) }
        return members
    }

    private static func retention(_ retention: PurgeRetention) -> Members {
        var members: Members = ["default": .integer(retention.other)]
        members["success"] = retention.success.map { .integer($0) }
        members["error"] = retention.error.map { .integer($0) }
        members["warning"] = retention.warning.map { .integer($0) }
        members["cancelled"] = retention.cancelled.map { .integer($0) }
        return members
    }
}
