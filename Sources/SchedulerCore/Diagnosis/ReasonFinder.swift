/// Finds all reasons that hold for one request (runtime §10).
struct ReasonFinder {
    let facts: DiagnosisFacts
    let nodes: [DiagnosisNode]
    let assignments: [AssignmentFact]

    var request: JobRequest { facts.request }
    var now: Timestamp { facts.now }

    var reasons: [DiagnosticReason] {
        guard !request.state.isTerminal else { return [] }
        let found = ofState
        guard !found.isEmpty else { return [none] }
        let places = found.enumerated().sorted {
            ($0.element.code.place, $0.offset) < ($1.element.code.place, $1.offset)
        }
        return places.map(\.element)
    }

    private var ofState: [DiagnosticReason] {
        switch request.state {
        case .wait, .ready, .blocked, .hold, .pendingValidation:
            return request.lineage.type.isRecurringParent ? held + invalid + [childWait] : pending
        case .scheduleEnded: return [childWait]
        case .errorAutoRetry: return [retryDelay] + whereItMayRun
        case .running where request.awaitsAsynchronousAnswer: return [asyncWait]
        case .running where request.isJobSet && request.owner == nil: return [childWait]
        case .paused where request.isSuspended: return [asyncWait]
        case .paused where request.isResumeQueued: return whereItMayRun + atItsTurn
        case .paused: return [subRequestWait]
        case .cancelling: return [cancelWait]
        case .completed where request.owner == nil: return [postprocessDelay]
        case .errorManualRecovery: return [manualRecovery]
        default: return []
        }
    }

    private var pending: [DiagnosticReason] {
        held + invalid + ofTime + ofFamily + whereItMayRun + (facts.isDue || isKeptBySlot ? atItsTurn : [])
    }

    private var isKeptBySlot: Bool { request.kinship.gate == .slot || request.state == .blocked }

    /// What a due request may still wait for.
    private var atItsTurn: [DiagnosticReason] { ofLocks + ofAssignments }

    // MARK: - Before it is due

    private var held: [DiagnosticReason] {
        guard request.state == .hold else { return [] }
        let who = facts.heldBy.map { " by \($0)" } ?? ""
        return [
            DiagnosticReason(.onHold, "It is held\(who). It goes on when it is released.") { $0.who = facts.heldBy }
        ]
    }

    private var invalid: [DiagnosticReason] {
        guard request.state == .pendingValidation else { return [] }
        let names = facts.missing.map(\.description).joined(separator: ", ")
        let text =
            names.isEmpty
            ? "Its metadata is valid again; it goes on when the next validation has seen that."
            : "Metadata that it needs is missing: \(names). Deploy it again, or cancel the request."
        return [DiagnosticReason(.validationWait, text) { $0.missing = facts.missing }]
    }

    private var ofTime: [DiagnosticReason] {
        // The times of a sub-request begin when its parent pauses.
        guard request.kinship.gate != .parentPause else { return [] }
        var found: [DiagnosticReason] = []
        if request.scheduledTime > now {
            let text = "It is scheduled for \(request.scheduledTime). To start it earlier, change its start time."
            found.append(DiagnosticReason(.futureStart, text) { $0.scheduledTime = request.scheduledTime })
        }
        if let notBefore = request.notBefore, notBefore > now {
            let text = "Its pre-processing asked to be called again at \(notBefore). It goes on by itself."
            found.append(
                DiagnosticReason(.preprocessDelay, text) { reason in
                    reason.scheduledTime = notBefore
                    reason.message = request.message?.text
                }
            )
        }
        return found
    }

    private var ofFamily: [DiagnosticReason] {
        if request.kinship.gate == .parentPause {
            let parent = request.lineage.parentID
            let text =
                "Its parent\(Self.named(parent)) has not paused for it. It starts when the parent pauses; if the "
                + "parent's attempt ends without that, it is cancelled."
            return [DiagnosticReason(.parentPauseWait, text) { $0.parentRequestID = parent }]
        }
        guard request.kinship.gate == .earlierInstance || facts.earlierInstance != nil else { return [] }
        let text =
            "An earlier instance of its schedule\(Self.named(facts.earlierInstance)) has not ended, and the schedule "
            + "lets only one run at a time. Wait for its end, or cancel it."
        return [DiagnosticReason(.deferred, text) { $0.blockingRequestID = facts.earlierInstance }]
    }

    private var retryDelay: DiagnosticReason {
        let left = max(0, request.policy.retries - request.retriedCount)
        let time = request.retryTime.map { " at \($0)" } ?? ""
        let text = "Attempt \(request.attempt) failed; it is tried again\(time). Cancel it to keep it from that."
        return DiagnosticReason(.retryDelay, text) { reason in
            reason.scheduledTime = request.retryTime
            reason.attempt = request.attempt
            reason.retriesLeft = left
            reason.message = request.message?.text
        }
    }

    // MARK: - While it executes

    private var subRequestWait: DiagnosticReason {
        let text =
            "It has paused until its sub-requests have ended: \(Self.list(facts.children)). Look at those; a "
            + "sub-request that is cancelled counts as ended."
        return DiagnosticReason(.subRequestWait, text) { reason in
            reason.subRequestID = facts.children.first
            reason.childRequestIDs = facts.children
        }
    }

    private var childWait: DiagnosticReason {
        DiagnosticReason(.childWait, childText) { reason in
            reason.childRequestIDs = facts.children
            reason.nextInstant = facts.nextInstant
        }
    }

    private var childText: String {
        let children = Self.list(facts.children)
        if request.isJobSet, !request.lineage.type.isRecurringParent {
            return "Its steps run: \(children). It ends with the last of them; look at those."
        }
        if request.state == .scheduleEnded {
            return "Its schedule has ended. It is finished when the last instance has ended: \(children)."
        }
        let next = facts.nextInstant.map { ", the next one at \($0)" } ?? ""
        return "It never runs itself: its schedule makes instances\(next). Live ones: \(children). End the schedule or "
            + "cancel it to stop that."
    }

    private var asyncWait: DiagnosticReason {
        let timeout: Timestamp? = request.nextTimer.flatMap { $0.kind == .timeout ? $0.time : nil }
        let name = request.externalID.map { " (\($0))" } ?? ""
        let limit = timeout.map { " Its time is up at \($0)." } ?? ""
        let late = request.isTimedOut ? " Its time is up." : ""
        let text =
            "The remote job\(name) was started and has not reported its end.\(limit)\(late) If the report is lost, "
            + "complete it by hand, or cancel it."
        return DiagnosticReason(.asyncWait, text) { reason in
            reason.externalID = request.externalID
            reason.lastCheckIn = request.lastCheckIn
            reason.timeoutAt = timeout
            reason.isTimedOut = request.isTimedOut
        }
    }

    private var cancelWait: DiagnosticReason {
        let earliest = ForceCancelRule.earliestTime(request, forceCancelAfter: facts.settings.forceCancelAfter)
        return DiagnosticReason(.cancelWait, cancelText(earliest)) { reason in
            reason.cancelInitiatedTime = request.cancelInitiatedTime
            reason.lastCheckIn = request.lastCheckIn
            reason.earliestForceCancelTime = earliest
            reason.killTime = killTime
            reason.cancelCalls = request.cancelCalls
            reason.childRequestIDs = facts.children
        }
    }

    private func cancelText(_ earliest: Timestamp?) -> String {
        if let earliest {
            return
                "It was asked to end, and its remote job has not answered. Force-cancel is allowed from \(earliest) "
                + "on; the remote job may then still run."
        }
        if !facts.children.isEmpty {
            return "It was asked to end and ends with what lives below it: \(Self.list(facts.children)). Look at those."
        }
        let node = request.processor.map { " on \($0)" } ?? ""
        return "It was asked to end, and its code\(node) is being stopped. It ends by itself."
    }

    /// Known where the request itself says how long its code may take.
    private var killTime: Timestamp? {
        guard request.owner != nil, let begun = request.cancelInitiatedTime else { return nil }
        return request.policy.cancelGrace.map { begun + $0 }
    }

    private var postprocessDelay: DiagnosticReason {
        let time = request.notBefore.map { " at \($0)" } ?? ""
        let text = "Its job has ended; its post-processing is called again\(time). It goes on by itself."
        return DiagnosticReason(.postprocessDelay, text) { $0.nextCall = request.notBefore }
    }

    private var manualRecovery: DiagnosticReason {
        let why = request.message.map { " \($0.text)" } ?? ""
        let text = "Nobody knows how its attempt ended.\(why) Recover it: retry, error or cancelled."
        return DiagnosticReason(.manualRecovery, text) { reason in
            reason.reason = request.message?.text
            reason.node = request.processor
        }
    }

    private var none: DiagnosticReason {
        guard request.owner != nil else {
            return DiagnosticReason(.nothing, "Nothing hinders it: it goes on at the next pass.")
        }
        let place = request.processor.map { " on \($0)" } ?? ""
        let text =
            facts.isOwnerLost
            ? "The node that ran attempt \(request.attempt)\(place) is lost; recovery decides what becomes of it."
            : "Attempt \(request.attempt) executes\(place).\(facts.usual.map { " \($0.text)" } ?? "")"
        return DiagnosticReason(.nothing, text) { reason in
            reason.processor = request.processor
            reason.attempt = request.attempt
            reason.pid = request.process?.pid
            reason.usual = facts.usual
        }
    }

    // MARK: - Words

    static func named(_ id: RequestID?) -> String { id.map { " \($0)" } ?? "" }

    static func list(_ ids: [RequestID]) -> String {
        ids.isEmpty ? "none" : ids.map(\.description).joined(separator: ", ")
    }
}
