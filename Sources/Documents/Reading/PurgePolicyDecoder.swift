import SchedulerCore

extension ObjectDecoder {
    mutating func purgePolicy() -> PurgePolicy? {
        let common = common(.purgePolicy)
        let isEnabled = reader.boolean("enabled") ?? true
        let schedule = reference("schedule", .schedule)
        let criteria = criteria()
        let maxRequests = reader.integer("maxRequests")
        let isLogicalOnly = reader.boolean("logicalDeleteOnly") ?? false
        let retention = retention()
        guard let id = common.id else { return nil }
        return PurgePolicy(
            id: id,
            displayName: common.displayName,
            description: common.description,
            isEnabled: isEnabled,
            schedule: schedule,
            criteria: criteria,
            maxRequests: maxRequests,
            isLogicalOnly: isLogicalOnly,
            retention: retention
        )
    }

    private mutating func criteria() -> PurgeCriteria {
        guard var members = reader.object("criteria") else { return PurgeCriteria() }
        let criteria = PurgeCriteria(
            application: members.string("application", bytesMax: MetadataLimits.labelBytesMax),
            product: members.string("product", bytesMax: MetadataLimits.labelBytesMax),
            jobDefinition: jobReference("jobDefinition", &members, isRequired: false),
            jobType: jobType(&members),
            executionType: members.choice("executionType", of: ExecutionType.allCases),
            submitter: members.string("submitter", bytesMax: MetadataLimits.labelBytesMax)
        )
        members.finish()
        return criteria
    }

    private func jobType(_ members: inout MemberReader) -> MetadataObjectID? {
        guard let text = members.string("jobType") else { return nil }
        let id = try? MetadataObjectID(parsing: text, only: .jobType)
        if id == nil { members.report("jobType", "\(text) is no id of a JobType") }
        return id
    }

    private mutating func retention() -> PurgeRetention {
        guard var members = reader.object("retentionDays") else { return PurgeRetention() }
        let retention = PurgeRetention(
            other: members.integer("default") ?? PurgeRetention.standardDays,
            success: members.integer("success"),
            error: members.integer("error"),
            warning: members.integer("warning"),
            cancelled: members.integer("cancelled")
        )
        members.finish()
        return retention
    }
}
