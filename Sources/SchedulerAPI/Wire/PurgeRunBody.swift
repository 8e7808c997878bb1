package import SchedulerCore

/// Body of a call for a purge (administration §6.5): a policy, or criteria and ages.
package struct PurgeRunBody: WireBody {
    /// Id of a policy; nil where criteria are given.
    package var policy: String?
    package var criteria: PurgeCriteria
    package var retention: PurgeRetention
    package var isDryRun: Bool

    /// - Throws: the codes of decoding; ESS-05003 where neither is given, ESS-05005 where both are.
    package init(_ json: JSONValue) throws(SchedulerError) {
        policy = try json.stringMember("policy")
        isDryRun = try json.boolMember("dryRun") ?? false
        let criteria = json.present("criteria")
        let retention = json.present("retentionDays")
        self.criteria = try criteria.map { value throws(SchedulerError) in try Self.criteria(value) } ?? PurgeCriteria()
        self.retention =
            try retention.map { value throws(SchedulerError) in try Self.retention(value) } ?? PurgeRetention()
        if policy != nil {
            // A policy brings its own; to obey neither of two would surprise somebody.
            guard criteria == nil, retention == nil else {
                throw SchedulerError(5005, json.path(of: "criteria"), "nothing, where a policy is given")
            }
        } else if criteria == nil {
            throw SchedulerError(5003, json.path(of: "policy"))
        }
    }

    private static func criteria(_ json: JSONValue) throws(SchedulerError) -> PurgeCriteria {
        try json.requireObject()
        var criteria = PurgeCriteria()
        criteria.application = try json.stringMember("application")
        criteria.product = try json.stringMember("product")
        criteria.jobDefinition = try id(json, "jobDefinition", kinds: [.jobDefinition, .jobSet])
        criteria.jobType = try id(json, "jobType", kinds: [.jobType])
        criteria.executionType = try json.enumMember("executionType")
        criteria.submitter = try json.stringMember("submitter")
        return criteria
    }

    private static func id(
        _ json: JSONValue,
        _ name: String,
        kinds: [MetadataKind]
    ) throws(SchedulerError) -> MetadataObjectID? {
        guard let text = try json.stringMember(name) else { return nil }
        return try MetadataObjectID.candidates(parsing: text, kinds: kinds).first
    }

    private static func retention(_ json: JSONValue) throws(SchedulerError) -> PurgeRetention {
        try json.requireObject()
        let range = 0...MetadataLimits.retentionDaysMax
        var retention = PurgeRetention()
        retention.other = try json.integerMember("default", in: range) ?? PurgeRetention.standardDays
        retention.success = try json.integerMember("success", in: range)
        retention.error = try json.integerMember("error", in: range)
        retention.warning = try json.integerMember("warning", in: range)
        retention.cancelled = try json.integerMember("cancelled", in: range)
        return retention
    }
}
