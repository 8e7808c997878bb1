/// An event for one request, as a store takes it: it reads the request, lets the machine decide and writes the
/// answer, all in one transaction.
package struct RequestCommand: Hashable, Sendable {
    package let requestID: RequestID
    package let event: RequestEvent
    /// Attempt in whose name the command is given: another one at the request makes it stale. Nil for the API.
    package let epoch: AttemptEpoch?
    /// Record to write with the change; nothing is written where nothing changes.
    package let audit: AuditEntry?

    package init(
        _ requestID: RequestID,
        _ event: RequestEvent,
        epoch: AttemptEpoch? = nil,
        audit: AuditEntry? = nil
    ) {
        self.requestID = requestID
        self.event = event
        self.epoch = epoch
        self.audit = audit
    }
}

/// What became of a command.
package struct CommandResult: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case applied
        /// Legal, durable already, nothing to write.
        case unchanged
        case refused(SchedulerError)
        case dropped(DropReason)
    }

    package let outcome: Outcome
    /// The request after the command; nil where there is none.
    package let request: JobRequest?
    /// For the nodes, once the transaction has committed.
    package let effects: [RequestEffect]

    package init(_ outcome: Outcome, request: JobRequest?, effects: [RequestEffect] = []) {
        self.outcome = outcome
        self.request = request
        self.effects = effects
    }
}
