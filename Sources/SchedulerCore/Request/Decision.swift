/// What the machine decided: the next value of the request, the cells it passed, and what must follow.
package struct Decision: Hashable, Sendable {
    package var request: JobRequest
    /// In order; empty where the state did not change.
    package var steps: [TransitionStep] = []
    package var effects: [RequestEffect] = []

    init(_ request: JobRequest) { self.request = request }
}

/// A line of the request's history: one passed cell of the table, or a call that came too late.
package struct TransitionStep: Hashable, Sendable {
    package let event: RequestEventKind
    package let from: RequestState
    package let to: RequestState
    package let time: Timestamp
    package let attempt: Int
    /// Set where nothing was passed: the event was a report or check-in by a handle that was dead (runtime §3.2).
    package let refusal: ErrorCode?

    package init(
        event: RequestEventKind,
        from: RequestState,
        to: RequestState,
        time: Timestamp,
        attempt: Int,
        refusal: ErrorCode? = nil
    ) {
        self.event = event
        self.from = from
        self.to = to
        self.time = time
        self.attempt = attempt
        self.refusal = refusal
    }
}

/// What nodes do once the change is durable. Nothing here is needed for correctness: after a crash a stop is found
/// again by the heartbeat, a cancel call by the request's timer. Only the single cancel call of a request that ended
/// with its cancel (paused for sub-requests) may be lost; runtime §3.1 promises it at most once.
package enum RequestEffect: Hashable, Sendable {
    /// End the code that runs the attempt: cancel asked, or its time is up.
    case stopAttempt(AttemptEpoch, StopReason, grace: Duration?)
    /// Tell the remote job that it is being cancelled.
    case callCancel(AttemptEpoch)
}

/// Why nothing changed although nothing was refused.
package enum DropReason: Hashable, Sendable {
    /// The table has no cell for a system event in this state: it cannot arise, or no longer.
    case cannotArise
    /// The writer's attempt is not the newest one.
    case staleEpoch
    /// There is no such request.
    case noRequest
}

/// Answer of the machine to an event.
package enum Verdict: Hashable, Sendable {
    indirect case changed(Decision)
    /// Legal and without effect: the repetition of an accepted report, a second cancel.
    case unchanged
    case refused(SchedulerError)
    /// Refused, and worth a line in the history: nothing else of the request changes.
    indirect case noted(SchedulerError, Decision)
    case dropped(DropReason)
}
