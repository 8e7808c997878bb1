package import SchedulerCore

/// The configuration of calls, `outbound.*` (administration §9). It may change while the server runs.
package struct OutboundSettings: Sendable {
    package var policy: OutboundPolicy
    /// A whole call, from resolving the name to the last byte of the answer, where the job sets no limit of its own.
    package var timeout: Duration
    /// Bytes of an answer's body.
    package var maxResponseSize: Int
    /// `callback.signingKeyFile`: key of the signature of calls to jobs and callouts; nil = they are not signed.
    package var signingKey: [UInt8]?

    package init(
        policy: OutboundPolicy = OutboundPolicy(),
        timeout: Duration = .seconds(60),
        maxResponseSize: Int = 1 << 20,
        signingKey: [UInt8]? = nil
    ) {
        self.policy = policy
        self.timeout = timeout
        self.maxResponseSize = maxResponseSize
        self.signingKey = signingKey
    }
}
