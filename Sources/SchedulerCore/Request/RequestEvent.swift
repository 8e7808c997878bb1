/// What happens to a request: a row of the table with what the decision needs to know of it.
package enum RequestEvent: Hashable, Sendable {
    // Asked for through the API.
    case cancel
    case forceCancel
    case hold
    case release
    case delete
    case patch(RequestPatch)
    case refresh(RequestRefresh)
    case controlSchedule(ScheduleControl)
    /// `SYS_priority` as an operator sets it.
    case changePriority(Int)
    case subscribe(CallbackSubscription)
    case unsubscribe
    case recover(RecoveryOutcome)
    /// The operator reports for a job whose answer is lost; only final reports.
    case complete(ReportStatus, text: String?)
    case report(ReportStatus, text: String?, handle: AttemptEpoch)
    case checkIn(handle: AttemptEpoch)

    // Found by the system.
    /// The metadata have what it needs.
    case validated
    case invalid(Cause, text: String)
    /// Its definition or job set, by force.
    case definitionDeleted
    /// Due, but no thread is free.
    case dueWithoutSlot
    /// Others have tokens that it needs.
    case locksNotFree
    case locksFree
    /// It waits for nothing but what waits for itself.
    case lockCycle(text: String)
    /// Under what assignment; nil = the default one.
    case start(epoch: AttemptEpoch, node: NodeID, processor: String, work: WorkGrant? = nil)
    case resume(epoch: AttemptEpoch, node: NodeID, processor: String, work: WorkGrant? = nil)
    case userUnusable(Cause, text: String)
    /// A process stands before its exec: recorded before it is let go.
    case processPrepared(ProcessIdentity)
    case asynchronousStartAccepted(externalID: String?)
    case executableEnded(ExecutableOutcome)
    case preProcessed(CalloutAnswer)
    /// A node takes a request whose executable has ended, to call its post-processing.
    case postProcess(epoch: AttemptEpoch, node: NodeID, processor: String)
    case postProcessed(CalloutAnswer)
    /// Kill, close or fence by the server has ended the attempt of a CANCELLING request.
    case attemptEndedByServer
    case nodeLost(reason: NodeLostReason)
    /// Whatever timer of the request is due, if one is.
    case timer
    /// The remote job answered the cancel call with a 2xx or 4xx: no more calls.
    case cancelCallAnswered
    /// A child ended, or no instance of a recurring parent will follow; `Kinship` is up to date already.
    case familyChanged(FamilyNews)
    /// The attempt of its parent ended without a pause for it (sub-request).
    case parentEndedUnpaused
    /// Due while an earlier instance lives, and the schedule has no instant to move on to (overlap `skip`).
    case overlapped
}

/// What a parent hears of its children.
package struct FamilyNews: Hashable, Sendable {
    package let ended: ChildEnd?
    /// The schedule gives no further instance.
    package let isExhausted: Bool

    package init(ended: ChildEnd? = nil, isExhausted: Bool = false) {
        self.ended = ended
        self.isExhausted = isExhausted
    }
}

/// What `/recover` decides (runtime §3.4).
package enum RecoveryOutcome: String, CaseIterable, Hashable, Sendable {
    case retry = "RETRY"
    case error = "ERROR"
    case cancelled = "CANCELLED"
}

/// Why an attempt lost its node (runtime §8).
package enum NodeLostReason: String, CaseIterable, Hashable, Sendable {
    case leaseExpired = "lease_expired"
    case nodeRestarted = "node_restarted"
    case nodeStopped = "node_stopped"
    case forced
}

/// How an executable ended as seen by its executor (runtime §9).
package enum ExecutableOutcome: Hashable, Sendable {
    case success
    case warning(text: String?)
    /// `retryAfter` is a wish of the remote side; the longer of it and the policy's delay counts.
    case systemError(cause: Cause, text: String, detail: String?, retryAfter: Duration?)
    case businessError(text: String?)
    case cancelled(text: String?)
    case paused(state: String?)
    case manualRecovery(text: String?)

    package static func systemError(_ text: String, cause: Cause = .processSystemError) -> ExecutableOutcome {
        .systemError(cause: cause, text: text, detail: nil, retryAfter: nil)
    }
}
