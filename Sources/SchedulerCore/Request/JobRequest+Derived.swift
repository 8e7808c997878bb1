/// Facts that follow from the stored ones: stores index them, diagnosis and wire show them.
extension JobRequest {
    /// Whether the one instant of a request without schedule lies in its window (runtime §5.1).
    package var hasInstantLeft: Bool { requestedEnd.map { scheduledTime <= $0 } ?? true }

    /// An asynchronous attempt whose answer is awaited: what forceCancel needs (runtime §3.2, step 4).
    package var awaitsAsynchronousAnswer: Bool {
        isAsynchronous == true && phase == .executeAsyncWait && handleStatus == .live
            && (state == .running || state == .cancelling)
    }

    /// An asynchronous start whose own answer is still out: a report may overtake it (runtime §2.1 f).
    package var isInitiating: Bool {
        phase == .executeInitiate && handleStatus == .live && (state == .running || state == .cancelling)
    }

    /// PAUSED by SUSPEND: the handle is live and its next report resumes.
    package var isSuspended: Bool { state == .paused && phase == .executePaused && handleStatus == .live }

    /// PAUSED with nothing left to wait for but a thread.
    package var isResumeQueued: Bool { state == .paused && phase == .executePaused && handleStatus == .closed }

    /// A callout before or after the executable is under way, or has to be.
    package var isInCallout: Bool { phase == .preProcessStart || phase == .postProcessStart }

    /// Why the code that runs the attempt on its node must end; nil while it may go on (runtime §3.1, §4).
    package var stopReason: StopReason? {
        guard owner != nil else { return nil }
        if state == .cancelling { return .cancel }
        let isOverdue =
            state == .running && isTimedOut && isAsynchronous != true && policy.timeoutAction == .fail
        return isOverdue ? .timeout : nil
    }

    /// Later of the beginning of the cancel and the last check-in: `CANCEL_UPDATE_TIME` (runtime §3.2).
    package var cancelUpdateTime: Timestamp? {
        guard let begun = cancelInitiatedTime else { return nil }
        guard let lastCheckIn else { return begun }
        return max(begun, lastCheckIn)
    }

    /// What counts the attempt against `asyncJavaLimit` or `plsqlLimit`: from its start until it ends or pauses, an
    /// asynchronous wait included (runtime §7.2). It is told whether or not the shift has a limit: it may get one.
    package var workSlot: WorkSlot? {
        guard runningSince != nil, let workAssignment, let workshift, let kind = WorkLimitKind(facts) else {
            return nil
        }
        return WorkSlot(assignment: workAssignment, workshift: workshift, kind: kind)
    }

    /// Whether a limit of a workshift has counted it and does so no longer: there may be room for another.
    package var leftWorkSlot: Bool {
        workAssignment != nil && runningSince == nil && WorkLimitKind(facts) != nil
    }

    /// Instant from which a dispatch pass may take the request, never before `scheduledTime`; nil when none may.
    ///
    /// A recurring parent is in WAIT while instances follow (runtime §2.2) and never runs itself.
    package var dispatchTime: Timestamp? {
        guard deletedTime == nil, !lineage.type.isRecurringParent, kinship.gate == nil else { return nil }
        switch state {
        case .wait, .ready: return notBefore.map { max($0, scheduledTime) } ?? scheduledTime
        case .paused: return isResumeQueued ? scheduledTime : nil
        // Post-processing that answered DELAY is due when its timer has fired.
        case .completed: return owner == nil && notBefore == nil ? scheduledTime : nil
        default: return nil
        }
    }

    /// Whether others have tokens or slots that it needs.
    package var waitsForLocks: Bool { state == .blocked || (state == .ready && kinship.gate == .slot) }

    /// Whether a start has to take tokens and a slot: what resumes, or has ended but for its post-processing, has them.
    package var takesLocksAtStart: Bool { state == .wait || state == .ready }

    /// Whether its tokens and its slot are its own in this state (runtime §7.1, step 3).
    package var mayHoldLocks: Bool {
        switch state {
        case .running, .paused, .completed, .cancelling, .errorManualRecovery: true
        default: false
        }
    }

    /// Latest instant of a first start; nil = never expires (runtime §4). A sub-request gets its `scheduledTime`, from
    /// which that counts, when its parent pauses for it.
    package var expiration: Timestamp? {
        guard policy.requestExpiration > .zero, !lineage.type.isRecurringParent, kinship.gate != .parentPause else {
            return nil
        }
        return scheduledTime + policy.requestExpiration
    }

    /// Whether the schedule of its root says when it runs: a recurring parent or one of its instances.
    package var followsSchedule: Bool { lineage.type.isRecurringParent || lineage.type.isRecurringInstance }

    /// Whether an operator may report in the job's place (runtime §3.4).
    package var canBeCompleted: Bool {
        RequestTransition.row(.complete).cells[state] != nil
            && (awaitsAsynchronousAnswer || isSuspended || (isInitiating && isAsynchronous == true))
    }

    /// Whether the request hinders a second one of a definition that allows only one pending (REST §5.3). Steps,
    /// sub-requests and the instances of a parent do not (runtime §4): for those the root above them stands.
    package var hindersAnotherPending: Bool {
        guard lineage.type.isRoot else { return false }
        switch state {
        case .wait, .ready, .blocked, .hold, .pendingValidation, .errorAutoRetry: return true
        default: return false
        }
    }

    package var isCancellable: Bool { !state.isTerminal }
    package var isHoldable: Bool { state == .wait || state == .ready }
}
