package import SchedulerCore

/// The configuration of calls, `outbound.*` (administration §9). It may change while the server runs.
package struct OutboundSettings: Sendable {
    package var policy: OutboundPolicy
    /// A whole call, from resolving the name to the last byte of the answer, where the job sets no limit of its own.
    package var timeout: Duration
    /// Bytes of an answer's body.
    package var maxResponseSize: Int

    package init(
        policy: OutboundPolicy = OutboundPolicy(),
        timeout: Duration = .seconds(60),
        maxResponseSize: Int = 1 << 20
    ) {
        self.policy = policy
        self.timeout = timeout
        self.maxResponseSize = maxResponseSize
    }
}
