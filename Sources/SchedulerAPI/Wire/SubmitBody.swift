package import SchedulerCore

/// Body of submit, read but not yet held against any definition (REST §3.2).
package struct SubmitBody: WireBody {
    /// Id of a job definition or job set as the caller wrote it; the older pair of names is joined by a slash.
    package var jobDefinitionId: String
    package var application: String?
    package var description: String?
    package var product: String?
    package var requestCategory: String?
    package var requestLogLevel: String?
    /// In the caller's order; of those with equal name and scope the last one counts.
    package var requestParameters: [RequestParameterBody] = []
    package var schedule: ScheduleBody?
    package var scheduleId: String?
    package var startTime: DateTimeInput?
    package var endTime: DateTimeInput?
    package var callbackSubscription: CallbackSubscriptionBody?
    /// Makes this a sub-request of the running request it names.
    package var requestExecutionContext: RequestExecutionContext?
    package var executePast: Bool?
    /// 0 to 9.
    package var priority: Int?
    /// Minutes.
    package var requestTimeout: Int64?
    package var retries: Int?

    package init(jobDefinitionId: String) { self.jobDefinitionId = jobDefinitionId }

    /// - Throws: the codes of decoding; ESS-11003 for half of the older pair of names; ESS-04001 for two schedules;
    ///   ESS-01024 for a sub-request with schedule or start; ESS-04005 for an end that is not after the start.
    package init(_ json: JSONValue) throws(SchedulerError) {
        self.init(jobDefinitionId: try Self.definition(in: json))
        application = try json.stringMember("application")
        description = try json.stringMember("description")
        product = try json.stringMember("product")
        requestCategory = try json.stringMember("requestCategory")
        requestLogLevel = try json.stringMember("requestLogLevel")
        requestParameters = try Self.parameters(in: json)
        schedule = try json.present("schedule").map { value throws(SchedulerError) in try ScheduleBody(value) }
        scheduleId = try json.stringMember("scheduleId")
        startTime = try json.dateTimeMember("startTime")
        endTime = try json.dateTimeMember("endTime")
        callbackSubscription = try json.present("callbackSubscription").map { value throws(SchedulerError) in
            try CallbackSubscriptionBody(value)
        }
        requestExecutionContext = try json.present("requestExecutionContext").map { value throws(SchedulerError) in
            try RequestExecutionContext(value)
        }
        executePast = try json.boolMember("executePast")
        priority = try json.integerMember("priority", in: WireLimits.priorityRange).map { Int($0) }
        requestTimeout = try json.integerMember("requestTimeout", in: WireLimits.requestTimeoutMinutesRange)
        retries = try json.integerMember("retries", in: WireLimits.retriesRange).map { Int($0) }
        try checkTogether()
    }

    /// `jobPackageName` with `jobDefinitionName` replace `jobDefinitionId`.
    private static func definition(in json: JSONValue) throws(SchedulerError) -> String {
        let id = try json.stringMember("jobDefinitionId")
        let package = try json.stringMember("jobPackageName")
        let name = try json.stringMember("jobDefinitionName")
        switch (package, name) {
        case (let package?, let name?): return package.hasSuffix("/") ? package + name : "\(package)/\(name)"
        case (nil, nil): break
        default: throw SchedulerError(11003)
        }
        guard let id else { throw SchedulerError(5003, json.path(of: "jobDefinitionId")) }
        return id
    }

    /// `parameters` is read if `requestParameters` is absent or empty.
    private static func parameters(in json: JSONValue) throws(SchedulerError) -> [RequestParameterBody] {
        if let parameters = try RequestParameterBody.list("requestParameters", of: json), !parameters.isEmpty {
            return parameters
        }
        return try RequestParameterBody.list("parameters", of: json) ?? []
    }

    private func checkTogether() throws(SchedulerError) {
        guard schedule == nil || scheduleId == nil else { throw SchedulerError(4001) }
        if requestExecutionContext != nil {
            if schedule != nil { throw SchedulerError(1024, "schedule") }
            if scheduleId != nil { throw SchedulerError(1024, "scheduleId") }
            if startTime != nil { throw SchedulerError(1024, "startTime") }
        }
        if schedule == nil, scheduleId == nil, let startTime, let endTime {
            // Without a schedule there is no zone but UTC, so every time is certain.
            try TimeWindow.check(
                start: DateTimeInput(instant: startTime.instant),
                end: DateTimeInput(instant: endTime.instant)
            )
        } else {
            try TimeWindow.check(start: startTime, end: endTime)
        }
    }
}
