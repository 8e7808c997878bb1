package import SchedulerCore

/// Turns requests into rows and back, column by column in the order of `RequestColumns`.
package struct RequestCodec<Labels: RequestLabels> {
    private let labels: Labels

    package init(labels: Labels) { self.labels = labels }

    // MARK: - Writing

    package func bindFixed(_ request: JobRequest, to statement: some RowSink) throws {
        let facts = request.facts
        let lineage = request.lineage
        statement.bind(lineage.requestID.value)
        statement.bind(StoredCodes.requestTypes.code(lineage.type))
        statement.bind(lineage.parentID?.value)
        statement.bind(lineage.parentAttempt.map(Int64.init))
        statement.bind(lineage.stepID)
        statement.bind(try labels.key(of: facts.definitionID.description))
        statement.bind(try labels.optionalKey(of: facts.definitionDisplayName))
        statement.bind(try labels.optionalKey(of: facts.definitionDescription))
        statement.bind(try labels.optionalKey(of: facts.jobTypeID?.description))
        statement.bind(facts.executor.map(StoredCodes.executors.code))
        statement.bind(try labels.optionalKey(of: facts.className))
        statement.bind(try labels.optionalKey(of: facts.externalJobType))
        statement.bind(try labels.key(of: facts.application))
        statement.bind(facts.product)
        statement.bind(facts.requestCategory)
        statement.bind(facts.description)
        statement.bind(try labels.key(of: facts.submitter))
        statement.bind(try labels.key(of: facts.runAsUser))
        statement.bind(facts.enterpriseID)
        statement.bind(facts.trace)
        statement.bind(facts.isAsynchronous.map { $0 ? 1 as Int64 : 0 })
        statement.bind(facts.hasCancelCall)
        statement.bind(lineage.absParentID.value)
        statement.bind(lineage.instanceParentID.value)
        statement.bind(request.submissionTime.milliseconds)
        statement.bind(Self.mode(of: facts))
        statement.bind(try labels.key(of: facts.workClass.label))
    }

    private static func mode(of facts: RequestFacts) -> Int64? {
        facts.executionMode == .none ? nil : StoredCodes.executionModes.code(facts.executionMode)
    }

    /// `RequestColumns.group`; NULL for what never runs itself.
    package func bindGroup(of request: JobRequest, to statement: some RowSink) throws {
        let runs = !request.lineage.type.isRecurringParent
        statement.bind(runs ? try labels.key(of: request.workGroup.label) : nil)
    }

    package func bindPolicy(_ policy: ExecutionPolicy, to statement: some RowSink) {
        statement.bind(policy.priority)
        statement.bind(PolicyCodec.encode(policy))
    }

    package func bindChanging(_ request: JobRequest, to statement: some RowSink) throws {
        statement.bind(request.revision)
        statement.bind(request.state.code)
        statement.bind(request.previousState.map { Int64($0.code) })
        statement.bind(request.stateChangeTime.milliseconds)
        statement.bind(StoredCodes.causes.code(request.cause))
        statement.bind(request.errorType.map(StoredCodes.errorTypes.code))
        statement.bind(request.executableState.map { Int64($0.code) })
        statement.bind(StoredCodes.phases.code(request.phase))
        statement.bind(request.message?.text)
        statement.bind(request.message?.detail)
        statement.bind(request.message?.time.milliseconds)
        statement.bind(request.requestedStart?.milliseconds)
        statement.bind(request.requestedEnd?.milliseconds)
        statement.bind(request.scheduledTime.milliseconds)
        statement.bind(request.readyTime?.milliseconds)
        statement.bind(request.firstStartTime?.milliseconds)
        statement.bind(request.startTime?.milliseconds)
        statement.bind(request.endTime?.milliseconds)
        statement.bind(request.completedTime?.milliseconds)
        statement.bind(request.runningSince?.milliseconds)
        statement.bind(request.elapsedMilliseconds)
        try bindAttempt(request, to: statement)
        statement.bind(request.cancelInitiatedTime?.milliseconds)
        statement.bind(StoredCodes.causes.code(request.cancelCause))
        statement.bind(request.nextCancelCall?.milliseconds)
        statement.bind(request.cancelCalls)
        statement.bind(request.lateCalls)
        statement.bind(request.deletedTime?.milliseconds)
        statement.bind(request.notBefore?.milliseconds)
        statement.bind(try labels.optionalKey(of: request.scheduleDefinition?.description))
        statement.bind(
            KinshipCodec.encode(request.kinship, isWarned: request.isWarned, callouts: request.callouts)
        )
        statement.bind(try labels.optionalKey(of: request.workAssignment?.description))
        statement.bind(try labels.optionalKey(of: request.workshift?.description))
        statement.bind(request.dispatchTime?.milliseconds)
        statement.bind(request.nextTimer?.time.milliseconds)
        statement.bind(request.hindersAnotherPending)
        statement.bind(try labels.optionalKey(of: request.workSlot?.label))
    }

    private func bindAttempt(_ request: JobRequest, to statement: some RowSink) throws {
        statement.bind(request.attempt)
        statement.bind(request.retriedCount)
        statement.bind(request.pausedCount)
        statement.bind(request.pausedState)
        statement.bind(request.retryTime?.milliseconds)
        statement.bind(request.epoch?.value)
        statement.bind(try labels.optionalKey(of: request.owner?.value))
        statement.bind(try labels.optionalKey(of: request.processor))
        statement.bind(request.process.map { Int64($0.pid) })
        statement.bind(request.process.map { Int64(bitPattern: $0.startTicks) })
        statement.bind(request.process?.bootID)
        statement.bind(request.isAsynchronous.map { $0 ? 1 as Int64 : 0 })
        statement.bind(request.externalID)
        statement.bind(StoredCodes.handleStatuses.code(request.handleStatus))
        statement.bind(DetailCodec.encode(request.acceptedReports))
        statement.bind(request.waitTime?.milliseconds)
        statement.bind(request.lastCheckIn?.milliseconds)
        statement.bind(request.isTimedOut)
    }

    // MARK: - Reading

    /// The request of the row on which the statement stands; the statement then stands behind the columns of
    /// `RequestColumns.selection`.
    package func read(_ row: some RowSource) throws -> JobRequest {
        let id = RequestID(row.integer())
        let type = try StoredCodes.requestTypes.value(row.integer())
        let parentID = row.optionalInteger().map { RequestID($0) }
        let parentAttempt = row.optionalInteger().map(Int.init(clamping:))
        let stepID = row.optionalText()
        var facts = try readFacts(row)
        let lineage = Lineage(
            requestID: id,
            type: type,
            parentID: parentID,
            parentAttempt: parentAttempt,
            stepID: stepID,
            absParentID: RequestID(row.integer()),
            instanceParentID: RequestID(row.integer())
        )
        let submissionTime = Timestamp(milliseconds: row.integer())
        facts.executionMode = try StoredCodes.executionModes.value(row.optionalInteger()) ?? .none
        if let work = try labels.optionalText(of: row.optionalInteger()).flatMap(WorkClass.init(label:)) {
            facts.take(work)
        }
        let policy = try readPolicy(row)
        let revision = row.integer()
        let state = try StoredCodes.state(row.integer())
        let previousState = try StoredCodes.state(row.optionalInteger())
        let stateChangeTime = Timestamp(milliseconds: row.integer())
        let cause = try StoredCodes.causes.value(row.integer())
        let errorType = try StoredCodes.errorTypes.value(row.optionalInteger())
        let executableState = try StoredCodes.state(row.optionalInteger())
        let phase = try StoredCodes.phases.value(row.integer())
        let message = Self.message(row.optionalText(), row.optionalText(), row.optionalInteger())
        let requestedStart = Self.instant(row)
        let requestedEnd = Self.instant(row)
        var request = JobRequest(
            lineage: lineage,
            facts: facts,
            policy: policy,
            submissionTime: submissionTime,
            state: state,
            stateChangeTime: stateChangeTime,
            scheduledTime: Timestamp(milliseconds: row.integer())
        )
        request.revision = revision
        request.previousState = previousState
        request.cause = cause
        request.errorType = errorType
        request.executableState = executableState
        request.phase = phase
        request.message = message
        request.requestedStart = requestedStart
        request.requestedEnd = requestedEnd
        try readCourse(row, into: &request)
        return request
    }

    private func readFacts(_ row: some RowSource) throws -> RequestFacts {
        let definitionID = try labels.objectID(of: row.integer())
        let displayName = try labels.optionalText(of: row.optionalInteger())
        let definitionDescription = try labels.optionalText(of: row.optionalInteger())
        let jobTypeID = try row.optionalInteger().map(labels.objectID)
        let executor = try StoredCodes.executors.value(row.optionalInteger())
        let className = try labels.optionalText(of: row.optionalInteger())
        let externalJobType = try labels.optionalText(of: row.optionalInteger())
        let application = try labels.text(of: row.integer())
        let product = row.optionalText()
        let category = row.optionalText()
        let description = row.optionalText()
        var facts = RequestFacts(
            definitionID: definitionID,
            jobTypeID: jobTypeID,
            executor: executor,
            application: application,
            submitter: try labels.text(of: row.integer())
        )
        facts.definitionDisplayName = displayName
        facts.definitionDescription = definitionDescription
        facts.className = className
        facts.externalJobType = externalJobType
        facts.product = product
        facts.requestCategory = category
        facts.description = description
        facts.runAsUser = try labels.text(of: row.integer())
        facts.enterpriseID = row.integer()
        facts.trace = row.optionalText()
        facts.isAsynchronous = row.optionalInteger().map { $0 != 0 }
        facts.hasCancelCall = row.flag()
        return facts
    }

    private func readPolicy(_ row: some RowSource) throws -> ExecutionPolicy {
        let priority = Int(row.integer())
        var policy =
            try row.blob { bytes throws(StoreFault) -> ExecutionPolicy in
                var reader = PackedReader(bytes)
                return try PolicyCodec.decode(&reader)
            } ?? PolicyCodec.base
        policy.priority = priority
        return policy
    }

    private func readCourse(_ row: some RowSource, into request: inout JobRequest) throws {
        request.readyTime = Self.instant(row)
        request.firstStartTime = Self.instant(row)
        request.startTime = Self.instant(row)
        request.endTime = Self.instant(row)
        request.completedTime = Self.instant(row)
        request.runningSince = Self.instant(row)
        request.elapsedMilliseconds = row.integer()
        request.attempt = Int(clamping: row.integer())
        request.retriedCount = Int(clamping: row.integer())
        request.pausedCount = Int(clamping: row.integer())
        request.pausedState = row.optionalText()
        request.retryTime = Self.instant(row)
        request.epoch = row.optionalInteger().map { AttemptEpoch($0) }
        request.owner = try labels.optionalText(of: row.optionalInteger()).map { NodeID($0) }
        request.processor = try labels.optionalText(of: row.optionalInteger())
        request.process = Self.process(row.optionalInteger(), row.optionalInteger() ?? 0, row.optionalText())
        request.isAsynchronous = row.optionalInteger().map { $0 != 0 }
        request.externalID = row.optionalText()
        request.handleStatus = try StoredCodes.handleStatuses.value(row.integer())
        request.acceptedReports = try row.blob(DetailCodec.reports) ?? []
        request.waitTime = Self.instant(row)
        request.lastCheckIn = Self.instant(row)
        request.isTimedOut = row.flag()
        request.cancelInitiatedTime = Self.instant(row)
        request.cancelCause = try StoredCodes.causes.value(row.integer())
        request.nextCancelCall = Self.instant(row)
        request.cancelCalls = Int(clamping: row.integer())
        request.lateCalls = Int(clamping: row.integer())
        request.deletedTime = Self.instant(row)
        request.notBefore = Self.instant(row)
        request.scheduleDefinition = try row.optionalInteger().map(labels.objectID)
        if let kept = try row.blob(KinshipCodec.decode) {
            request.kinship = kept.kinship
            request.isWarned = kept.isWarned
            request.callouts = kept.callouts
        }
        request.workAssignment = try row.optionalInteger().map(labels.objectID)
        request.workshift = try row.optionalInteger().map(labels.objectID)
    }

    private static func instant(_ row: some RowSource) -> Timestamp? {
        row.optionalInteger().map { Timestamp(milliseconds: $0) }
    }

    private static func message(_ text: String?, _ detail: String?, _ time: Int64?) -> OutcomeMessage? {
        guard let text, let time else { return nil }
        return OutcomeMessage(text: text, detail: detail, time: Timestamp(milliseconds: time))
    }

    private static func process(_ pid: Int64?, _ start: Int64, _ boot: String?) -> ProcessIdentity? {
        guard let pid, let boot else { return nil }
        return ProcessIdentity(pid: Int32(clamping: pid), startTicks: UInt64(bitPattern: start), bootID: boot)
    }
}
