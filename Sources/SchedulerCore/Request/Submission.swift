/// A validated request that has no number yet: what `RequestStore.submit` makes durable.
package struct Submission: Hashable, Sendable {
    package var placement: Placement = .root(.singleton)
    package var facts: RequestFacts
    package var policy: ExecutionPolicy
    /// Merged snapshot of all levels, system properties included.
    package var parameters: [Parameter]
    package var requestedStart: Timestamp?
    package var requestedEnd: Timestamp?
    /// Instant from which it is due; nil = `requestedStart`, else at once.
    package var dueTime: Timestamp?
    /// Of a root with a schedule or of a job set.
    package var plan: RequestPlan?
    package var callback: CallbackSubscription?

    package init(facts: RequestFacts, policy: ExecutionPolicy = .init(), parameters: [Parameter] = []) {
        self.facts = facts
        self.policy = policy
        self.parameters = parameters
    }

    /// Instant from which it is due if it is submitted now.
    package func due(now: Timestamp) -> Timestamp { dueTime ?? requestedStart ?? now }

    /// Whether the one instant of a request without schedule lies in its window (runtime §5.1).
    package func hasInstantLeft(now: Timestamp) -> Bool { requestedEnd.map { due(now: now) <= $0 } ?? true }
}

/// Where the end of a request is reported (REST §3.4). Its secret is sealed before it gets here.
package struct CallbackSubscription: Hashable, Sendable {
    package var url: String
    /// `OWSM_GPA`, `OWSM_LPA` or `DIRECT_OAUTH`.
    package var securityScheme: String
    package var accessTokenURI: String?
    package var clientID: String?
    package var clientCredentialKey: String?
    /// AES-256-GCM box of the client secret, base64; never plain text.
    package var sealedClientSecret: String?

    package init(url: String, securityScheme: String) {
        self.url = url
        self.securityScheme = securityScheme
    }
}
