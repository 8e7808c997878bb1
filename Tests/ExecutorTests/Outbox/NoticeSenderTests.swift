import Executors
import SchedulerCore
import Synchronization
import Testing

/// What receivers of events get (REST §3.4, §5.8).
@Suite("Notice sender", .timeLimit(.minutes(1)))
struct NoticeSenderTests {
    private let clock = TestClock()

    private func delivery(
        _ channel: OutboxChannel,
        _ callback: CallbackSubscription? = nil,
        parameters: [Parameter] = []
    ) -> DueDelivery {
        let notice = EventNotice(
            event: .error,
            absParentID: RequestID(5),
            definitionID: "JobDefinition://acme/Post",
            state: .error,
            previousState: .running,
            cause: .processBusinessError,
            errorType: .business,
            message: "no \"ledger\"",
            attempt: 2,
            time: Timestamp(milliseconds: 1_803_879_000_000)
        )
        let entry = OutboxEntry(
            requestID: RequestID(7),
            number: 3,
            channel: channel,
            subscriberID: RequestID(7),
            notice: notice,
            since: notice.time
        )
        return DueDelivery(
            entry: entry,
            callback: callback,
            parameters: parameters,
            trace: "0af7651916cd43dd8448eb211c80319c"
        )
    }

    /// Named ones serve the definition of the requests here, and no other.
    private static let secrets = CallbackSecrets(
        open: { _ in "s:e" },
        find: { name, definition in
            guard definition == "JobDefinition://acme/Post" else { return nil }
            if name == "moved" { throw CancellationError() }
            if name == "away" { throw StoreFault("gone", kind: .unavailable) }
            return ["ledger": "me:mi:ne", "bare": "mine", "nobody": ":mine", "empty": "me:"][name]
        }
    )

    private func send(
        _ delivery: @escaping @Sendable (TestServer) -> DueDelivery,
        _ settings: @escaping @Sendable (TestServer) -> CallbackSettings = { _ in CallbackSettings() },
        secrets: CallbackSecrets = Self.secrets,
        listeners: SwiftJobRegistry = SwiftJobRegistry(),
        rules: OutboundSettings = Fixture.settings(),
        serve: (TestServer, TestClock) async throws -> Void
    ) async throws -> DeliveryOutcome {
        let server = try await TestServer.start()
        let caller = OutboundCaller(settings: { rules })
        let current = settings(server)
        let sender = NoticeSender(
            caller: caller,
            settings: { current },
            secrets: secrets,
            listeners: listeners,
            time: clock
        )
        let due = delivery(server)
        async let outcome = sender.deliver(due)
        try await serve(server, clock)
        let result = await outcome
        await caller.shutdown()
        try await server.stop()
        return result
    }

    private static func callback(
        _ server: TestServer,
        _ scheme: String = "OWSM_GPA",
        _ change: (inout CallbackSubscription) -> Void = { _ in }
    ) -> CallbackSubscription {
        var callback = CallbackSubscription(url: "http://127.0.0.1:\(server.port)/done?a=b", securityScheme: scheme)
        change(&callback)
        return callback
    }

    @Test("C43: a callback is a POST of what happened, with a key that stays; 2xx ends it")
    func callback() async throws {
        let outcome = try await send({ delivery(.callback, Self.callback($0)) }) { server, _ in
            let call = await server.next()
            #expect(call.requestLine == "POST /done?a=b HTTP/1.1")
            #expect(call.header("Idempotency-Key") == "escapement-7-3")
            #expect(call.header("Content-Type") == "application/json")
            #expect(call.header("Escapement-Signature") == nil && call.header("Authorization") == nil)
            #expect(call.header("traceparent")?.hasPrefix("00-0af7651916cd43dd8448eb211c80319c-") == true)
            #expect(
                call.body == #"{"requestId":7,"state":"ERROR","resultMessage":"no \"ledger\"","#
                    + #""absParentRequestId":5,"event":"REQUEST_ERROR","errorType":"BUSINESS","#
                    + #""cause":"PROCESS_BIZ_ERROR","executionAttempt":2,"time":"2027-03-01T05:30:00.000Z"}"#
            )
            try await call.reply(204)
        }
        #expect(outcome == .delivered(status: 204))
    }

    @Test("A signed callback proves itself by the HMAC of its time and body")
    func signature() async throws {
        let key = Array("whsec_test".utf8)
        _ = try await send(
            { delivery(.callback, Self.callback($0)) },
            { _ in CallbackSettings(signingKey: key) },
            serve: { server, clock in
                let call = await server.next()
                let expected = DeliverySignature.value(of: Array(call.body.utf8), key: key, now: clock.now())
                #expect(call.header("Escapement-Signature") == expected)
                #expect(expected.hasPrefix("t=1900000000,v1=") && expected.utf8.count == 16 + 64)
                try await call.reply(200)
            }
        )
        // Computed with: printf '1900000000.{}' | openssl dgst -sha256 -hmac whsec_test
        let known = DeliverySignature.value(
            of: Array("{}".utf8),
            key: key,
            now: Timestamp(milliseconds: 1_900_000_000_999)
        )
        #expect(known == "t=1900000000,v1=49ce984c15d76b50a9f61c0e6f8f366b09efb50a922116b0528fa10d87ead880")
    }

    @Test("Any other answer is a failure that says no more than its status", arguments: [302, 400, 401, 404, 500, 503])
    func refused(_ status: Int) async throws {
        let outcome = try await send({ delivery(.callback, Self.callback($0)) }) { server, _ in
            try await server.next().reply(status, headers: ["Retry-After: 90"], body: "secret words")
        }
        #expect(outcome.status == status && outcome.retryAfter == .seconds(90))
        #expect(outcome.failure?.hasSuffix("answered with HTTP status \(status).") == true)
    }

    @Test("A receiver that does not answer in time has failed")
    func timeout() async throws {
        let outcome = try await send({ delivery(.callback, Self.callback($0)) }) { server, clock in
            _ = await server.next()
            clock.advance(by: .seconds(30))
        }
        #expect(outcome == .failed("No answer within 30 s."))
    }

    @Test("C45: a target that is forbidden by now is not called")
    func forbidden() async throws {
        let outcome = try await send(
            { delivery(.callback, Self.callback($0)) },
            rules: Fixture.settings(allow: []),
            serve: { server, _ in #expect(server.pending == 0) }
        )
        #expect(outcome.status == nil && outcome.failure?.contains("127.0.0.1") == true)
    }

    @Test("DIRECT_OAUTH gets a token of the subscriber's endpoint first, and keeps it out of every text")
    func directOAuth() async throws {
        let outcome = try await send(
            { server in
                let callback = Self.callback(server, "DIRECT_OAUTH") { callback in
                    callback.accessTokenURI = "http://127.0.0.1:\(server.port)/token"
                    callback.clientID = "c:lient"
                    callback.sealedClientSecret = "box"
                }
                return delivery(.callback, callback)
            },
            serve: { server, _ in
                let token = await server.next()
                #expect(token.requestLine == "POST /token HTTP/1.1")
                #expect(token.body == "grant_type=client_credentials")
                // c%3Alient:s%3Ae
                #expect(token.header("Authorization") == "Basic YyUzQWxpZW50OnMlM0Fl")
                try await token.reply(200, body: #"{"access_token":"tok","token_type":"Bearer","expires_in":60}"#)
                let call = await server.next()
                #expect(call.header("Authorization") == "Bearer tok")
                try await call.reply(401)
            }
        )
        #expect(outcome.status == 401 && outcome.failure?.contains("tok") == false)
    }

    @Test("OWSM_LPA asks the server's endpoint as the client of a stored secret")
    func localPolicy() async throws {
        let outcome = try await send(
            { server in
                let callback = Self.callback(server, "OWSM_LPA") { $0.clientCredentialKey = "ledger" }
                return delivery(.callback, callback)
            },
            { server in
                let url = "http://127.0.0.1:\(server.port)/token"
                return CallbackSettings(oauth: OAuthClient(tokenURL: url, id: "us", secret: "ours"))
            },
            serve: { server, _ in
                let token = await server.next()
                #expect(token.header("Authorization") == "Basic bWU6bWklM0FuZQ==")
                try await token.reply(200, body: #"{"access_token":"tok"}"#)
                try await server.next().reply(200)
            }
        )
        #expect(outcome.isDelivered)
    }

    @Test("Without what a scheme needs nobody is called")
    func incomplete() async throws {
        let local = try await send(
            { delivery(.callback, Self.callback($0, "OWSM_LPA") { $0.clientCredentialKey = "other" }) },
            { _ in CallbackSettings(oauth: OAuthClient(tokenURL: "https://example.org", id: "a", secret: "b")) },
            serve: { _, _ in }
        )
        #expect(local == .failed("There is no secret other for requests of this definition."))
        let malformed = "is not of the form clientId:clientSecret."
        let cases = [
            ("bare", malformed), ("nobody", malformed), ("empty", malformed),
            ("moved", "cannot be opened: the key is another, or its row was changed."), ("away", "could not be read."),
        ]
        for (name, text) in cases {
            let outcome = try await send(
                { delivery(.callback, Self.callback($0, "OWSM_LPA") { $0.clientCredentialKey = name }) },
                { _ in CallbackSettings(oauth: OAuthClient(tokenURL: "https://example.org", id: "a", secret: "b")) },
                serve: { _, _ in }
            )
            #expect(outcome == .failed("The secret \(name) \(text)"))
        }
        let unset = try await send({ delivery(.callback, Self.callback($0, "OWSM_LPA")) }, serve: { _, _ in })
        #expect(unset == .failed("callback.oauth.tokenUrl is not set."))
        #expect(try await send({ _ in delivery(.callback) }, serve: { _, _ in }).failure == "The subscription is gone.")
    }

    @Test("A listener is told what it was before, too; values of the request stand in its URL")
    func listener() async throws {
        let outcome = try await send(
            { server in
                let url = "http://127.0.0.1:\(server.port)/events/${ESS_REQ:requestId}/${ESS_REQ:day}"
                return delivery(
                    .listener,
                    parameters: [
                        Parameter(name: "day", value: "1/2"), Parameter(name: EventListener.property, value: url),
                    ]
                )
            },
            serve: { server, _ in
                let call = await server.next()
                #expect(call.requestLine == "POST /events/7/1%2F2 HTTP/1.1")
                #expect(
                    call.body.contains(#""jobDefinitionId":"JobDefinition://acme/Post","previousState":"RUNNING"}"#)
                )
                try await call.reply(200)
            }
        )
        #expect(outcome.isDelivered)
    }

    @Test("A listener may be a type of the server; one that throws is told once more")
    func swiftListener() async throws {
        var registry = SwiftJobRegistry()
        registry.register(listener: KeenListener.self, as: "Keen")
        for (name, isDelivered) in [("Keen", true), ("None", false)] {
            let parameters = [Parameter(name: EventListener.property, value: name)]
            let outcome = try await send(
                { _ in delivery(.listener, parameters: parameters) },
                listeners: registry,
                serve: { _, _ in }
            )
            #expect(outcome.isDelivered == isDelivered && outcome.status == nil)
        }
    }
}

/// Hears only what it expects.
private struct KeenListener: SwiftListener {
    func hear(_ event: SwiftListenerEvent) async throws {
        guard event.requestID == 7, event.number == 3, event.event == "REQUEST_ERROR", event.state == "ERROR",
            event.previousState == "RUNNING", event.message == "no \"ledger\"", event.attempt == 2
        else { throw CancellationError() }
    }
}
