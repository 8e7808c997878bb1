/// An event for one request, as a store takes it: it reads the request, lets the machine decide and writes the
/// answer, all in one transaction.
package struct RequestCommand: Hashable, Sendable {
    package let requestID: RequestID
    package let event: RequestEvent
    /// Attempt in whose name the command is given: another one at the request makes it stale. Nil for the API.
    package let epoch: AttemptEpoch?
    /// Record to write with the change; nothing is written where nothing changes.
    package let audit: AuditEntry?
    /// Recorded with its answer unless it is refused; nil for a call without a key.
    package let call: IdempotentCall?

    package init(
        _ requestID: RequestID,
        _ event: RequestEvent,
        epoch: AttemptEpoch? = nil,
        audit: AuditEntry? = nil,
        call: IdempotentCall? = nil
    ) {
        self.requestID = requestID
        self.event = event
        self.epoch = epoch
        self.audit = audit
        self.call = call
    }
}
