/// Builds one decision: every change of state goes through `move`, which checks the table.
struct Transitioner {
    private(set) var decision: Decision
    let now: Timestamp
    /// First cell that was missing; a fault of the machine, never of the caller.
    private(set) var fault: String?

    init(_ request: JobRequest, now: Timestamp) {
        decision = Decision(request)
        // Clocks of several nodes, or of a database that took over: no request goes back in time.
        self.now = max(now, request.stateChangeTime)
    }

    var request: JobRequest {
        _read { yield decision.request }
        _modify { yield &decision.request }
    }

    /// Whether children outlive the present event: of those that a cancel reaches too, the interpreter has taken out
    /// those that it ends at once.
    var hasLiveChildren: Bool { request.kinship.liveChildren > 0 }

    /// A recurring parent that outlives the present event because of its children.
    var endsWithLastChild: Bool { request.lineage.type.isRecurringParent && hasLiveChildren }

    var verdict: Verdict {
        if let fault { return .refused(SchedulerError(1, fault)) }
        return .changed(decision)
    }

    /// The refusal of a call by a dead handle; the first ones leave a line in the history, so that whoever forced a
    /// cancel sees that the job did speak (runtime §3.2).
    mutating func refuseLate(_ event: RequestEventKind) -> Verdict {
        let error = SchedulerError(1052, request.id.description)
        guard request.lateCalls < Limits.lateCallsNoted else { return .refused(error) }
        request.lateCalls += 1
        decision.steps.append(
            TransitionStep(
                event: event,
                from: request.state,
                to: request.state,
                time: now,
                attempt: request.attempt,
                refusal: error.code
            )
        )
        return .noted(error, decision)
    }

    mutating func effect(_ effect: RequestEffect) { decision.effects.append(effect) }

    /// Changes the state and notes the step; a cell that leads nowhere else leaves no history.
    mutating func move(_ event: RequestEventKind, to target: RequestState) {
        let source = request.state
        guard RequestTransition.permits(event, from: source, to: target) else {
            fault = fault ?? "\(event.rawValue) does not lead from \(source.rawValue) to \(target.rawValue)."
            return
        }
        guard source != target else { return }
        decision.steps.append(
            TransitionStep(event: event, from: source, to: target, time: now, attempt: request.attempt)
        )
        request.previousState = source
        request.state = target
        request.stateChangeTime = now
    }

    /// Ends the request: nothing of an attempt is left on it.
    mutating func finish(
        _ event: RequestEventKind,
        _ target: RequestState,
        cause: Cause,
        errorType: ErrorType? = nil
    ) {
        move(event, to: target)
        leaveExecution()
        request.cause = cause
        request.errorType = target == .error ? errorType : nil
        request.phase = .complete
        request.completedTime = now
        request.retryTime = nil
        request.nextCancelCall = nil
    }

    /// SYSTEM error of an attempt: tried again while retries are left, else ERROR; never in CANCELLING.
    mutating func fail(_ event: RequestEventKind, cause: Cause, retryAfter: Duration? = nil) {
        guard request.state != .cancelling, RetryPolicy.allowsRetry(request) else {
            return finish(event, .error, cause: cause, errorType: .system)
        }
        move(event, to: .errorAutoRetry)
        leaveExecution()
        request.retryTime = now + RetryPolicy.delay(request, retryAfter: retryAfter)
    }

    /// No code of the attempt runs any more and no thread is held.
    mutating func leaveExecution() {
        if request.runningSince != nil { request.endTime = now }
        countElapsed()
        request.runningSince = nil
        request.owner = nil
        request.process = nil
        request.waitTime = nil
        if request.handleStatus == .live { request.handleStatus = .closed }
    }

    mutating func countElapsed() {
        guard let since = request.runningSince else { return }
        request.elapsedMilliseconds += max(0, (now - since).wholeMilliseconds)
    }

    /// Back to WAIT for another attempt, as if it were the first.
    mutating func beginAttempt(_ event: RequestEventKind) {
        move(event, to: .wait)
        request.attempt += 1
        request.readyTime = nil
        request.pausedCount = 0
        request.pausedState = nil
        request.isWarned = false
        request.callouts = CalloutNotes()
        request.phase = request.isJobSet ? .jobSetInitial : .initial
    }

    /// Under what the attempt that begins runs.
    mutating func enter(_ work: WorkGrant?) {
        request.workAssignment = work?.assignment
        request.workshift = work?.workshift
    }

    mutating func enterExecution(epoch: AttemptEpoch, node: NodeID, processor: String) {
        request.epoch = epoch
        request.owner = node
        request.processor = processor
        request.process = nil
        request.phase = .executeInitiate
        request.handleStatus = .live
        request.isAsynchronous = request.facts.isAsynchronous
        request.externalID = nil
        request.waitTime = nil
        request.notBefore = nil
        request.runningSince = now
        request.endTime = nil
        request.executableState = nil
    }

    /// The steps run from now on: neither thread nor node is needed for that.
    mutating func enterSteps(epoch: AttemptEpoch?, processor: String?) {
        request.epoch = epoch
        request.processor = processor
        request.phase = .jobSetExecuteStepsWait
        request.notBefore = nil
        request.runningSince = now
        request.endTime = nil
        request.executableState = nil
        request.kinship.tally = StepTally()
    }

    /// The answer is awaited from now on; no thread and no node is needed for that.
    mutating func beginWait(externalID: String?) {
        request.phase = .executeAsyncWait
        request.isAsynchronous = true
        request.owner = nil
        request.process = nil
        request.waitTime = now
        if let externalID { request.externalID = externalID }
        if request.state == .cancelling { scheduleCancelCall() }
    }

    mutating func scheduleCancelCall() {
        if request.facts.hasCancelCall { request.nextCancelCall = now }
    }

    mutating func beginCancelling(_ event: RequestEventKind, cause: Cause) {
        move(event, to: .cancelling)
        request.cancelInitiatedTime = now
        request.cancelCause = cause
    }

    mutating func note(_ text: String?, detail: String? = nil) {
        guard let text, !text.isEmpty else { return }
        request.message = OutcomeMessage(
            text: text.bounded(toBytes: Limits.messageBytes),
            detail: detail?.bounded(toBytes: Limits.messageBytes),
            time: now
        )
    }

    mutating func accept(_ status: ReportStatus, of epoch: AttemptEpoch) {
        request.acceptedReports.append(AcceptedReport(epoch: epoch, status: status))
        let surplus = request.acceptedReports.count - Limits.acceptedReportsKept
        if surplus > 0 { request.acceptedReports.removeFirst(surplus) }
    }

    mutating func checkIn() {
        request.lastCheckIn = max(request.lastCheckIn ?? now, now)
    }
}

extension String {
    /// The longest prefix of whole characters that fits into `count` bytes of UTF-8.
    package func bounded(toBytes count: Int) -> String {
        guard utf8.count > count else { return self }
        var used = 0
        var end = startIndex
        for index in indices {
            used += self[index].utf8.count
            if used > count { break }
            end = self.index(after: index)
        }
        return String(self[..<end])
    }
}
