package import SchedulerCore

/// Makes a subscription fit to be stored: its targets are judged, its secret is sealed (REST §3.4).
package struct CallbackSealer: Sendable {
    private let outbound: @Sendable () -> OutboundPolicy
    private let sealer: SecretSealer

    /// - Parameters:
    ///   - outbound: rules in force, asked at each call.
    ///   - sealer: of the installation.
    package init(outbound: @escaping @Sendable () -> OutboundPolicy, sealer: SecretSealer) {
        self.outbound = outbound
        self.sealer = sealer
    }

    /// - Throws: ESS-02007 for a target that is none or literally forbidden.
    package func seal(_ callback: SubmissionOrder.Callback) throws -> CallbackSubscription {
        var subscription = callback.subscription
        let policy = outbound()
        for url in [subscription.url, subscription.accessTokenURI].compactMap(\.self) {
            do throws(OutboundRefusal) {
                try policy.check(OutboundTarget(parsing: url))
            } catch {
                throw error.schedulerError
            }
        }
        subscription.sealedClientSecret = try callback.clientSecret.map {
            try sealer.seal($0, context: Self.context(subscription))
        }
        return subscription
    }

    /// The client secret in plain text; nil where there is none.
    package func open(_ subscription: CallbackSubscription) throws -> String? {
        try subscription.sealedClientSecret.map { try sealer.open($0, context: Self.context(subscription)) }
    }

    /// Where the secret goes: it opens for no other receiver, token endpoint or client, whoever writes them into the
    /// store. No URL has a line end.
    private static func context(_ subscription: CallbackSubscription) -> String {
        ["callback", subscription.url, subscription.accessTokenURI ?? "", subscription.clientID ?? ""]
            .joined(separator: "\n")
    }
}
