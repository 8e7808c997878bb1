import Executors
import SchedulerCore
import Testing

/// How tokens are shared between deliveries that need them at the same time (REST §3.4).
@Suite("OAuth tokens", .timeLimit(.minutes(1)))
struct OAuthTokenTests {
    private let clock = TestClock()

    private static func delivery(_ number: Int, to server: TestServer) -> DueDelivery {
        let notice = EventNotice(
            event: .succeeded,
            absParentID: RequestID(7),
            definitionID: "JobDefinition://acme/Post",
            state: .succeeded,
            previousState: .completed,
            cause: .processSuccess,
            errorType: nil,
            message: nil,
            attempt: 1,
            time: Timestamp(milliseconds: 0)
        )
        let entry = OutboxEntry(
            requestID: RequestID(7),
            number: number,
            channel: .callback,
            subscriberID: RequestID(7),
            notice: notice,
            since: notice.time
        )
        var callback = CallbackSubscription(
            url: "http://127.0.0.1:\(server.port)/done/\(number)",
            securityScheme: "DIRECT_OAUTH"
        )
        callback.accessTokenURI = "http://127.0.0.1:\(server.port)/token"
        callback.clientID = "me"
        callback.sealedClientSecret = "box"
        return DueDelivery(entry: entry, callback: callback, parameters: [], trace: nil)
    }

    private func withSender(_ body: (NoticeSender, TestServer) async throws -> Void) async throws {
        let server = try await TestServer.start()
        let caller = OutboundCaller(settings: { Fixture.settings() })
        let sender = NoticeSender(
            caller: caller,
            settings: { CallbackSettings(timeout: .seconds(30)) },
            secrets: CallbackSecrets(open: { _ in "mine" }),
            time: clock
        )
        try await body(sender, server)
        await caller.shutdown()
        try await server.stop()
    }

    /// Answers a call for a token.
    private func give(_ token: String, _ exchange: TestServer.Exchange) async throws {
        #expect(exchange.requestLine == "POST /token HTTP/1.1")
        try await exchange.reply(200, body: #"{"access_token":"\#(token)","expires_in":3600}"#)
    }

    private func deliver(_ number: Int, _ sender: NoticeSender, _ server: TestServer) async -> DeliveryOutcome {
        await sender.deliver(Self.delivery(number, to: server))
    }

    @Test("Deliveries that need a token at the same time fetch it once, and those that follow do not")
    func shared() async throws {
        try await withSender { sender, server in
            async let first = deliver(1, sender, server)
            let asked = await server.next()
            async let second = deliver(2, sender, server)
            async let third = deliver(3, sender, server)
            // Both wait for their time to run out, and for nothing else that there is to be seen of them.
            for _ in 0..<3 { _ = await clock.sleeps.next() }
            try await give("one", asked)
            for _ in 0..<3 {
                let call = await server.next()
                #expect(call.requestLine.hasPrefix("POST /done/") && call.header("Authorization") == "Bearer one")
                try await call.reply(200)
            }
            #expect(await [first, second, third].allSatisfy(\.isDelivered))
            async let fourth = deliver(4, sender, server)
            try await server.next().reply(200)
            #expect(await fourth.isDelivered)
            #expect(server.pending == 0)
        }
    }

    @Test("A refusal of the endpoint is that of all who wait for its token")
    func failed() async throws {
        try await withSender { sender, server in
            async let first = deliver(1, sender, server)
            let asked = await server.next()
            async let second = deliver(2, sender, server)
            for _ in 0..<2 { _ = await clock.sleeps.next() }
            // Should the second ask only now, it finds nobody.
            try await server.stop()
            try await asked.reply(503)
            #expect(await first == .failed("No token: http://127.0.0.1:\(server.port) answered with HTTP status 503."))
            #expect(await second.failure?.hasPrefix("No token: ") == true)
            #expect(server.pending == 0)
        }
    }

    @Test("Who runs out of time while it fetches leaves the fetch to another who waits")
    func handedOn() async throws {
        try await withSender { sender, server in
            async let first = deliver(1, sender, server)
            let silent = await server.next()
            _ = await clock.sleeps.next()
            clock.advance(by: .seconds(20))
            async let second = deliver(2, sender, server)
            _ = await clock.sleeps.next()
            clock.advance(by: .seconds(10))
            #expect(await first == .failed("No answer within 30 s."))
            try await silent.closed()
            try await give("one", await server.next())
            let call = await server.next()
            #expect(call.requestLine == "POST /done/2 HTTP/1.1" && call.header("Authorization") == "Bearer one")
            try await call.reply(200)
            #expect(await second.isDelivered)
        }
    }

    @Test("Who is refused with an old token leaves the new one that another has got")
    func refusedLate() async throws {
        try await withSender { sender, server in
            async let first = deliver(1, sender, server)
            try await give("old", await server.next())
            let early = await server.next()
            async let second = deliver(2, sender, server)
            try await server.next().reply(401)
            #expect(await second.status == 401)
            async let third = deliver(3, sender, server)
            try await give("new", await server.next())
            let call = await server.next()
            #expect(call.header("Authorization") == "Bearer new")
            try await call.reply(200)
            #expect(await third.isDelivered)
            try await early.reply(401)
            #expect(await first.status == 401)
            async let fourth = deliver(4, sender, server)
            let last = await server.next()
            #expect(last.header("Authorization") == "Bearer new")
            try await last.reply(200)
            #expect(await fourth.isDelivered)
        }
    }

    @Test("An empty token, or one that is no header field, is none", arguments: [#""""#, #""a b""#, #""a\nb""#])
    func noToken(_ token: String) async throws {
        try await withSender { sender, server in
            async let outcome = deliver(1, sender, server)
            try await server.next().reply(200, body: #"{"access_token":\#(token)}"#)
            #expect(await outcome == .failed("The token endpoint gave a token that is none."))
            #expect(server.pending == 0)
        }
    }
}
