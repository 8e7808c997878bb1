import SchedulerAPI
import SchedulerCore

extension RequestDetails {
    /// What answers show of a stored request (REST §3.5). Fields of the query grammar have the values by which they
    /// are found.
    ///
    /// - Parameters:
    ///   - detail: as the store gave it.
    ///   - now: store time; used while the request runs or is being cancelled.
    ///   - forceCancelAfter: the setting in force.
    ///   - cluster: name of the cluster.
    init(_ detail: RequestDetail, now: Timestamp, forceCancelAfter: Duration, cluster: String) {
        let request = detail.request
        let facts = request.facts
        self.init(
            requestId: request.id,
            absParentRequestId: request.lineage.absParentID,
            requestType: request.lineage.type,
            state: request.state,
            stateChangeTime: request.stateChangeTime,
            processPhase: request.phase,
            submissionTime: request.submissionTime,
            application: facts.application,
            jobDefinitionId: facts.definitionID,
            submitter: facts.submitter,
            runAsUser: facts.runAsUser
        )
        setPlace(request)
        setOutcome(request)
        setTimes(request, now: now)
        isForceCancelAllowed =
            request.state == .cancelling
            && ForceCancelRule.refusal(request, now: now, forceCancelAfter: forceCancelAfter) == nil
        setLabels(facts)
        externalId = request.externalID
        requestParameters = detail.parameters
        schedule = detail.schedule.map { ScheduleDetails($0) }
        scheduleDefinition = request.scheduleDefinition
        executionMode = facts.executionMode
        notificationUrl = detail.callback?.url
        dispatcher = request.processor
        processor = request.processor
        processGroup = cluster
    }

    private mutating func setPlace(_ request: JobRequest) {
        let lineage = RequestLineage(request)
        parentRequestId = lineage.parentRequestId
        instanceParentId = lineage.instanceParentId
        parentExecAttempt = request.lineage.parentAttempt ?? 0
        instanceParentExecAttempt = request.kinship.instanceParentAttempt
        stepId = request.lineage.stepID
        let kinship = request.kinship
        if request.lineage.type.isRecurringParent { lastScheduleInstanceId = kinship.newestChild }
        if request.lineage.type == .subRequest {
            subRequestSet = kinship.round
        } else if kinship.round > 0 {
            lastSubRequestSet = kinship.round
        }
    }

    private mutating func setOutcome(_ request: JobRequest) {
        previousState = request.previousState
        executableState = request.executableState
        cause = request.cause
        errorType = request.state == .error ? request.errorType : nil
        errorWarningMessage = request.message?.text
        errorWarningDetail = request.message?.detail
        errorWarningTime = request.message?.time
        preprocessStatus = request.callouts.preProcess?.status?.rawValue
        preProcessMessage = request.callouts.preProcess?.message
        postProcessStatus = request.callouts.postProcess?.status?.rawValue
        postProcessMessage = request.callouts.postProcess?.message
        isAsynchronous = request.isAsynchronous
        isAsyncRecoverable = request.canBeCompleted
        isRecoverable = request.state == .errorManualRecovery
        isTimedOut = request.isTimedOut
        executionAttempt = request.attempt
        retriedCount = request.retriedCount
        pausedCount = request.pausedCount
        priority = request.priority
    }

    private mutating func setTimes(_ request: JobRequest, now: Timestamp) {
        if request.firstStartTime != nil {
            let present = request.runningSince.map { max(.zero, now - $0) } ?? .zero
            elapsedTime = .milliseconds(request.elapsedMilliseconds) + present
        }
        waitTime = request.startTime.map { max(.zero, $0 - request.scheduledTime) }
        readyWaitTime = request.readyWait.map { .milliseconds($0) }
        requestedStartTime = request.requestedStart
        requestedEndTime = request.requestedEnd
        scheduledTime = request.scheduledTime
        processStartTime = request.startTime
        processEndTime = request.endTime
        completedTime = request.completedTime
        expiration = request.expiration
    }

    private mutating func setLabels(_ facts: RequestFacts) {
        product = facts.product
        requestCategory = facts.requestCategory
        description = facts.description
        jobDisplayName = facts.definitionDisplayName
        jobDescription = facts.definitionDescription
        jobType = facts.jobTypeID
        className = facts.className
        externalJobType = facts.externalJobType
        executionType = facts.executor?.executionType
        submitterGUID = facts.submitter
        enterpriseId = facts.enterpriseID
        logicalClusterName = facts.logicalCluster
        // One trace goes through submission, request and runs: it is what jobs and callouts get (administration §10).
        ecid = facts.trace
        submitterDmsECID = facts.trace
        requestDmsECID = facts.trace
    }
}

extension RequestLineage {
    init(_ request: JobRequest) {
        let lineage = request.lineage
        self.init(
            requestId: lineage.requestID,
            parentRequestId: lineage.parentID,
            absParentRequestId: lineage.absParentID,
            instanceParentId: lineage.instanceParentID == Lineage.noInstanceParent ? nil : lineage.instanceParentID
        )
    }
}

extension ScheduleDetails {
    fileprivate init(_ schedule: JobSchedule) {
        self.init(
            recurrences: schedule.recurrences.map { pattern in
                Recurrence(
                    icalString: pattern.rule.icalString,
                    startDate: pattern.startDate,
                    endDate: pattern.endDate
                )
            },
            inclusions: schedule.inclusions,
            exclusions: schedule.exclusions.map { exclusion in
                switch exclusion {
                case .instant(let instant): .instant(instant)
                case .day(let date): .day(date)
                }
            },
            timezone: schedule.timezone,
            name: schedule.name,
            displayName: schedule.displayName,
            description: schedule.description
        )
    }
}
