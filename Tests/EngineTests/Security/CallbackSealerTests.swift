import SchedulerCore
import SchedulerEngine
import Testing

/// What a sealed client secret is good for (administration §5.5).
@Suite("Callback sealer")
struct CallbackSealerTests {
    private let sealer: CallbackSealer

    init() throws {
        let key = try #require(InstallationKey(bytes: InstallationKey.random()))
        sealer = CallbackSealer(outbound: { OutboundPolicy() }, sealer: key.sealer)
    }

    private func sealed() throws -> CallbackSubscription {
        var subscription = CallbackSubscription(url: "https://a.example.org/done", securityScheme: "DIRECT_OAUTH")
        subscription.accessTokenURI = "https://login.example.org/token"
        subscription.clientID = "ledger"
        return try sealer.seal(.init(subscription: subscription, clientSecret: "canary"))
    }

    @Test("It is not readable in what is stored, and opens for the subscription that it was given with")
    func opens() throws {
        let subscription = try sealed()
        #expect(subscription.sealedClientSecret?.contains("canary") == false)
        #expect(try sealer.open(subscription) == "canary")
    }

    @Test("It opens for no other receiver, token endpoint or client, whoever writes them into the store")
    func elsewhere() throws {
        let changes: [(inout CallbackSubscription) -> Void] = [
            { $0.url = "https://b.example.org/done" }, { $0.accessTokenURI = "https://b.example.org/token" },
            { $0.accessTokenURI = nil }, { $0.clientID = "other" }, { $0.clientID = nil },
        ]
        for change in changes {
            var subscription = try sealed()
            change(&subscription)
            #expect(throws: (any Error).self, "\(subscription)") { try sealer.open(subscription) }
        }
    }
}
