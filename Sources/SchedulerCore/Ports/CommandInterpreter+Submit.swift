/// How requests come to be: roots, sub-requests, and whatever a parent makes (runtime §1.2, §5.3, §6).
extension CommandInterpreter {
    static func submitRoot(
        _ submission: Submission,
        _ type: RequestType,
        in transaction: inout some RequestTransaction
    ) throws -> JobRequest {
        if !submission.policy.allowMultiplePending,
            try transaction.hasPending(definition: submission.facts.definitionID)
        {
            throw SchedulerError(1050, submission.facts.definitionID.description)
        }
        let schedule = type.isRecurringParent ? submission.plan?.schedule : nil
        guard schedule != nil || submission.hasInstantLeft(now: transaction.now) else { throw SchedulerError(4006) }
        let lineage = Lineage.root(type, id: try nextRequestID(in: &transaction))
        var request = JobRequest(lineage: lineage, submission: submission, now: transaction.now)
        guard let schedule else {
            try transaction.insert(request, submission)
            return request
        }
        request.kinship.overlap = schedule.overlap
        let plan = try nextInstant(of: request, submission.plan, now: transaction.now)
        guard let instant = plan.instant else { throw SchedulerError(4006) }
        let instance = try makeInstance(at: instant, of: &request, submission.parameters, in: &transaction)
        try transaction.insert(request, submission)
        try transaction.insert(instance.request, instance.submission)
        if let skipped = plan.skipped { try transaction.append(skipped, to: request.id) }
        return request
    }

    static func lockedParent(_ id: RequestID, in transaction: inout some RequestTransaction) throws -> JobRequest {
        try transaction.lock([id])
        guard let parent = try transaction.request(id), parent.deletedTime == nil else {
            throw SchedulerError(1001, id.description)
        }
        return parent
    }

    /// A child of whatever kind, for those who know that the parent may have it now; nothing comes below what has
    /// ended (I11).
    static func submitChild(
        _ submission: Submission,
        _ type: RequestType,
        of parent: JobRequest,
        step: String?,
        in transaction: inout some RequestTransaction
    ) throws -> JobRequest {
        guard !parent.state.isTerminal else {
            throw SchedulerError(1023, parent.id.description, parent.state.rawValue)
        }
        var parent = (before: parent, after: parent)
        let id = try nextRequestID(in: &transaction)
        let child = try makeChild(submission, type, id, of: &parent.after, step: step, now: transaction.now)
        try transaction.insert(child, submission)
        _ = try save(Decision(parent.after), over: parent.before, in: &transaction)
        return child
    }

    /// A sub-request: its parent runs, and the handle is the one of its present invocation.
    ///
    /// - Throws: ESS-01052 for a handle of an invocation before or one that is dead, ESS-01023 where it is closed, the
    ///   parent does not run, or is a job set, whose callouts have handles, too.
    static func submitSubRequest(
        _ submission: Submission,
        of parent: JobRequest,
        handle: AttemptEpoch,
        in transaction: inout some RequestTransaction
    ) throws -> JobRequest {
        guard parent.epoch == handle, parent.handleStatus != .dead else {
            throw SchedulerError(1052, parent.id.description)
        }
        guard RequestTransition.row(.submitSubRequest).cells[parent.state] != nil, parent.handleStatus == .live
        else { throw SchedulerError(1023, parent.id.description, parent.state.rawValue) }
        guard !parent.isJobSet else {
            throw SchedulerError(1023, parent.id.description, "\(parent.state.rawValue) as a job set")
        }
        var parent = (before: parent, after: parent)
        let id = try nextRequestID(in: &transaction)
        let child = try makeChild(submission, .subRequest, id, of: &parent.after, step: nil, now: transaction.now)
        try transaction.insert(child, submission)
        _ = try save(Decision(parent.after), over: parent.before, in: &transaction)
        return child
    }

    /// The steps that a set begins or goes on with, due now; the parent's value learns of them, and is not written
    /// here.
    ///
    /// - Returns: the new requests.
    static func makeSteps(
        _ steps: [StepPlan],
        of parent: inout JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let ids = try transaction.nextRequestIDs(steps.count)
        return try zip(steps, ids).map { step, id in
            var submission = Submission(facts: step.facts, policy: step.policy, parameters: step.parameters)
            submission.dueTime = transaction.now
            // What neither step nor definition says is that of the set, also where that was changed meanwhile.
            if ParameterTable(step.parameters)["SYS_priority"]?.value == nil {
                submission.policy.priority = parent.priority
            }
            let child = try makeChild(submission, .jobSetStep, id, of: &parent, step: step.name, now: transaction.now)
            try transaction.insert(child, submission)
            return RequestChange(child)
        }
    }

    /// The next instance of a recurring parent; the parent's value learns of it, and is not written here.
    static func makeInstance(
        at instant: Timestamp,
        of parent: inout JobRequest,
        _ parameters: [Parameter],
        in transaction: inout some RequestTransaction
    ) throws -> (request: JobRequest, submission: Submission) {
        let made = try makeExtraInstance(dueAt: instant, of: &parent, parameters, in: &transaction)
        parent.kinship.nextInstance = made.request.id
        parent.kinship.cursor = instant
        return made
    }

    /// The same for an instance beside the schedule: the next one stays the next one.
    static func makeExtraInstance(
        dueAt instant: Timestamp,
        of parent: inout JobRequest,
        _ parameters: [Parameter],
        in transaction: inout some RequestTransaction
    ) throws -> (request: JobRequest, submission: Submission) {
        var submission = Submission(facts: parent.facts, policy: parent.policy, parameters: parameters)
        submission.requestedStart = parent.requestedStart
        submission.requestedEnd = parent.requestedEnd
        submission.dueTime = instant
        let type: RequestType = parent.isJobSet ? .jobSetRecurChild : .recurChild
        let id = try nextRequestID(in: &transaction)
        var child = try makeChild(submission, type, id, of: &parent, step: nil, now: transaction.now)
        child.scheduleDefinition = parent.scheduleDefinition
        return (child, submission)
    }

    /// What the schedule of a recurring parent gives after the last instant that was decided.
    static func nextInstant(
        of parent: JobRequest,
        _ plan: RequestPlan?,
        now: Timestamp
    ) throws(SchedulerError) -> OccurrencePlanner.Plan {
        guard let plan, let schedule = plan.schedule else { return OccurrencePlanner.Plan(instant: nil) }
        let occurrences = try Occurrences(
            schedule,
            start: parent.requestedStart ?? parent.submissionTime,
            end: parent.requestedEnd
        )
        return OccurrencePlanner(occurrences, catchUp: plan.catchUp).plan(after: parent.kinship.cursor, now: now)
    }

    private static func makeChild(
        _ submission: Submission,
        _ type: RequestType,
        _ id: RequestID,
        of parent: inout JobRequest,
        step: String?,
        now: Timestamp
    ) throws(SchedulerError) -> JobRequest {
        guard parent.kinship.depth < Limits.treeDepth else {
            throw SchedulerError(5005, "depth of the tree", "0..\(Limits.treeDepth)")
        }
        let lineage = try Lineage.child(type, of: parent, id: id, step: step)
        var child = JobRequest(lineage: lineage, submission: submission, now: now)
        child.kinship.depth = parent.kinship.depth + 1
        child.kinship.instanceParentAttempt = instanceParentAttempt(of: lineage, below: parent)
        child.kinship.audience.hasParentCallback = type.isRecurringInstance && parent.kinship.audience.hasCallback
        if type == .subRequest {
            child.kinship.gate = .parentPause
            child.kinship.round = parent.kinship.round + 1
        }
        parent.kinship.liveChildren += 1
        parent.kinship.newestChild = id
        return child
    }

    private static func instanceParentAttempt(of child: Lineage, below parent: JobRequest) -> Int {
        switch child.instanceParentID {
        case child.requestID, Lineage.noInstanceParent: 0
        case parent.id: parent.attempt
        default: parent.kinship.instanceParentAttempt
        }
    }

    private static func nextRequestID(in transaction: inout some RequestTransaction) throws -> RequestID {
        guard let id = try transaction.nextRequestIDs(1).first else { throw StoreFault("the store gave no number") }
        return id
    }
}
