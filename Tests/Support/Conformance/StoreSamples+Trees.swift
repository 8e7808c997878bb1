package import SchedulerCore
import Testing

/// Requests that make others.
extension StoreSamples {
    /// A step that runs a job.
    package static func step(
        _ name: String,
        success: String? = nil,
        warning: String? = nil,
        error: String? = nil,
        selectState: Bool? = nil,
        priority: Int = 4,
        nested: JobSetPlan? = nil
    ) -> StepPlan {
        var job = nested == nil ? submission("Job-\(name)") : jobSet()
        job.policy.priority = priority
        if let nested { job.facts.executionMode = nested.mode }
        return StepPlan(
            name: name,
            successors: .init(success: success, warning: warning, error: error),
            selectState: selectState,
            facts: job.facts,
            policy: job.policy,
            parameters: [Parameter(name: "submit.argument1", value: name)]
                + (priority == 4 ? [] : [Parameter(name: "SYS_priority", value: String(priority))]),
            nested: nested
        )
    }

    /// A set that begins with the first of its steps.
    package static func plan(_ mode: ExecutionMode, _ steps: StepPlan...) -> JobSetPlan {
        JobSetPlan(mode: mode, firstStep: steps.first?.name ?? "", steps: steps)
    }

    package static func jobSet(_ plan: JobSetPlan, retries: Int = 0) -> Submission {
        var submission = jobSet()
        submission.facts.executionMode = plan.mode
        submission.policy.retries = retries
        submission.plan = RequestPlan(jobSet: plan)
        return submission
    }

    /// A request with a schedule in UTC.
    package static func recurring(
        _ rule: String,
        overlap: OverlapPolicy = .defer,
        catchUp: CatchUpPolicy = .all,
        start: Timestamp? = nil,
        end: Timestamp? = nil
    ) throws -> Submission {
        var schedule = JobSchedule(timezone: "UTC")
        schedule.recurrences = [SchedulePattern(rule: try RecurrenceRule(icalString: rule))]
        schedule.overlap = overlap
        schedule.id = MetadataObjectID(kind: .schedule, package: "/acme", name: "Often")
        var submission = submission()
        submission.placement = .root(.recurParent)
        submission.plan = RequestPlan(schedule: schedule, catchUp: catchUp)
        submission.requestedStart = start
        submission.requestedEnd = end
        return submission
    }
}

extension StoreUnderTest {
    /// Children in the order in which they were made.
    package func children(of id: RequestID) async throws -> [JobRequest] {
        var query = RequestQuery(limit: 500)
        query.filter = .comparison(.parentRequestID, .equal, .integer(id.value))
        return try await store.requests(query).map(\.request)
    }

    /// Starts whatever is due.
    @discardableResult
    package func startAll(node: NodeID = StoreSamples.node) async throws -> [JobRequest] {
        try await claim(100, ready: 100, node: node).started.map(\.request)
    }

    /// Lets the running attempt of a request end.
    package func end(_ request: JobRequest, _ outcome: ExecutableOutcome = .success) async throws {
        try await perform(.executableEnded(outcome), on: request.id, epoch: request.epoch)
    }
}
