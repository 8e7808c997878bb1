import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// F is a request that is asynchronous, waiting, in CANCELLING, its clock run out (REST §11).
@Suite("forceCancel: C52 to C78", .ownStores)
struct ForceCancelTests {
    private func serverWithF() async throws -> (TestServer, RequestID) {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        server.time.advance(by: .seconds(1800))
        return (server, id)
    }

    @Test("C42, C52 the answer holds only links, in the documented profile exactly the eight")
    func answer() async throws {
        let (server, id) = try await serverWithF()
        let reply = try await server.forceCancel(id)
        reply.expect(200)
        #expect(reply.memberNames == ["links"])
        #expect(
            reply.relations
                == ["self", "cancel", "forceCancel", "hold", "release", "subscribe", "permissions", "executionStatus"]
        )
        let hrefs = try #require(reply.json["links"]).elements.compactMap { $0["href"]?.string }
        #expect(hrefs.count == 8)
        #expect(hrefs.first == "\(TestServer.publicURL)\(TestServer.base)/requests/\(id)")
    }

    @Test("C42 in the fusion profile the answer has all eleven")
    func fusionAnswer() async throws {
        let server = try await TestServer(profile: .fusion)
        let id = try await server.request(in: .cancelling)
        server.set(forceCancelAfter: .zero)
        #expect(try await server.forceCancel(id).relations.count == 11)
    }

    @Test("C53 afterwards the request is CANCELLED")
    func afterwards() async throws {
        let (server, id) = try await serverWithF()
        try await server.forceCancel(id).expect(200)
        let read = try await server.call(.get, "requests/\(id)")
        for (name, value) in [
            ("state", "CANCELLED"), ("previousState", "CANCELLING"), ("cause", "OPERATOR_CANCEL"),
            ("isForceCancelAllowed", "false"), ("isCancellable", "false"),
            ("completedTime", server.time.now().description),
        ] {
            #expect(read.member(name) == value, "\(name)")
        }
    }

    @Test("C54, C60 a millisecond early is 400 with the instant, exactly then is 200, and the flag says so to readers")
    func instant() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        let instant = server.time.now() + .seconds(1800)
        server.time.advance(by: .milliseconds(1_799_999))
        let early = try await server.forceCancel(id)
        early.expectError(400, "ESS-01015")
        #expect(early.member("detail")?.contains(instant.description) == true)
        #expect(early.member("title") == "Unsupported state for operation")
        #expect(try await server.call(.get, "requests/\(id)", as: "olga").member("isForceCancelAllowed") == "false")
        server.time.advance(by: .milliseconds(1))
        #expect(try await server.call(.get, "requests/\(id)", as: "olga").member("isForceCancelAllowed") == "true")
        try await server.forceCancel(id).expect(200)
    }

    @Test("C55 a check-in or UPDATE while CANCELLING moves the instant", arguments: [true, false])
    func checkInMoves(isCheckIn: Bool) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        server.time.advance(by: .seconds(29 * 60))
        let handle = try await server.handle(id)
        if isCheckIn {
            #expect(try await server.checkIn(id, handle: handle).text == "true")
        } else {
            try await server.report("UPDATE", id, handle: handle).expect(200)
        }
        server.time.advance(by: .milliseconds(1_799_999))
        try await server.forceCancel(id).expectError(400, "ESS-01015")
        server.time.advance(by: .milliseconds(1))
        try await server.forceCancel(id).expect(200)
    }

    @Test("C38, C56 a repeated cancel is 200, changes nothing and does not move the instant")
    func repeatedCancel() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        server.time.advance(by: .seconds(60))
        let before = try await server.stored(id)
        try await server.call(.post, "requests/\(id)/cancel").expect(200)
        #expect(try await server.stored(id) == before)
        server.time.advance(by: .seconds(1740))
        try await server.forceCancel(id).expect(200)
    }

    @Test("C57 a check-in before CANCELLING does not count")
    func earlyCheckIn() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        #expect(try await server.checkIn(id, handle: server.handle(id)).text == "false")
        server.time.advance(by: .seconds(60))
        try await server.call(.post, "requests/\(id)/cancel").expect(200)
        server.time.advance(by: .milliseconds(1_799_999))
        try await server.forceCancel(id).expectError(400, "ESS-01015")
        server.time.advance(by: .milliseconds(1))
        try await server.forceCancel(id).expect(200)
    }

    @Test("C58 a changed setting holds at once, also for requests already CANCELLING; zero allows at once")
    func changedSetting() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        try await server.forceCancel(id).expectError(400, "ESS-01015")
        server.set(forceCancelAfter: .seconds(10))
        server.time.advance(by: .seconds(9))
        try await server.forceCancel(id).expectError(400, "ESS-01015")
        server.set(forceCancelAfter: .zero)
        #expect(try await server.call(.get, "requests/\(id)").member("isForceCancelAllowed") == "true")
        try await server.forceCancel(id).expect(200)
    }

    @Test(
        "C61, C62 every other state is ESS-01013 that names it, and nothing changes",
        arguments: [
            RequestState.wait, .hold, .running, .paused, .cancelled, .succeeded, .warning, .error,
        ]
    )
    func otherStates(state: RequestState) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: state)
        let before = try await server.stored(id)
        let reply = try await server.forceCancel(id)
        reply.expectError(400, "ESS-01013")
        #expect(reply.member("detail")?.contains(" \(state.rawValue);") == true, "\(reply.text)")
        #expect(try await server.stored(id) == before)
    }

    @Test("C63 a synchronous or process request is ESS-01014 whatever the time", arguments: ["Sync", "Code"])
    func synchronous(definition: String) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling, definition)
        server.set(forceCancelAfter: .zero)
        for _ in 0..<2 {
            try await server.forceCancel(id).expectError(400, "ESS-01014")
            server.time.advance(by: .seconds(86_400))
        }
        #expect(try await server.stored(id).state == .cancelling)
    }

    @Test("C64 one that was cancelled while suspended can be F")
    func suspended() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .paused)
        try await server.call(.post, "requests/\(id)/cancel").expect(200)
        #expect(try await server.stored(id).state == .cancelling)
        server.time.advance(by: .seconds(1800))
        try await server.forceCancel(id).expect(200)
    }

    @Test("C65 without credentials or with bad ones F stays CANCELLING")
    func noCredentials() async throws {
        let (server, id) = try await serverWithF()
        try await server.forceCancel(id, as: nil).expectError(401, "ESS-02001")
        try await server.call(
            .post,
            "requests/\(id)/forceCancel",
            as: nil,
            [.authorization: TestCatalogue.authorization("anna", password: "guess")]
        )
        .expectError(401, "ESS-02001")
        #expect(try await server.stored(id).state == .cancelling)
    }

    @Test("C66 READ without CANCEL is ESS-02004, no READ is ESS-02003, also where the state forbids it")
    func rights() async throws {
        let (server, id) = try await serverWithF()
        let waiting = try await server.request(in: .wait)
        for request in [id, waiting] {
            try await server.forceCancel(request, as: "olga").expectError(403, "ESS-02004")
            try await server.forceCancel(request, as: "bert").expectError(403, "ESS-02003")
        }
        #expect(try await server.stored(id).state == .cancelling)
    }

    @Test("C67 who was granted CANCEL may, submitter or not, reader or not", arguments: ["essa", "adam", "otto"])
    func granted(user: String) async throws {
        let (server, id) = try await serverWithF()
        try await server.forceCancel(id, as: user).expect(200)
    }

    @Test("C68 unknown and deleted are 404, no int64 is 400")
    func notFound() async throws {
        let server = try await TestServer()
        let deleted = try await server.request(in: .succeeded)
        try await server.call(.delete, "requests/\(deleted)").expect(204)
        for id in ["999", "0", "-1", deleted.description, "9223372036854775807"] {
            try await server.call(.post, "requests/\(id)/forceCancel").expectError(404, "ESS-01001")
        }
        for id in ["abc", "1.0", "9223372036854775808", "1e3", "+1", "%201"] {
            try await server.call(.post, "requests/\(id)/forceCancel").expectError(400, "ESS-05009")
        }
    }

    @Test(
        "C71 whatever the body, it acts alike",
        arguments: [nil, "{}", "null", "{\"a\":", String(repeating: "x", count: 100_000)] as [String?]
    )
    func bodyIgnored(body: String?) async throws {
        let (server, id) = try await serverWithF()
        let reply = try await server.call(
            .post,
            "requests/\(id)/forceCancel",
            body: body,
            [.contentType: "text/plain"]
        )
        reply.expect(200)
        #expect(try await server.stored(id).state == .cancelled)
    }

    @Test("C72 of twenty parallel calls one wins; one audit record")
    func parallel() async throws {
        let (server, id) = try await serverWithF()
        let statuses = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let reply = try await server.forceCancel(id)
                    return (reply.status, reply.member("errorCode"))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0.0 == 200 }.count == 1)
        #expect(
            statuses.filter { $0.0 != 200 }.allSatisfy { ($0.1 == "ESS-01051") || ($0.1 == "ESS-01013") }
        )
        #expect(try await server.audit().filter { $0.entry.action == "forceCancel" && $0.outcome == .ok }.count == 1)
    }

    @Test("C74 a retry after success is ESS-01013")
    func retry() async throws {
        let (server, id) = try await serverWithF()
        try await server.forceCancel(id).expect(200)
        try await server.forceCancel(id).expectError(400, "ESS-01013")
    }

    @Test("C75 afterwards its handle is dead")
    func deadHandle() async throws {
        let (server, id) = try await serverWithF()
        let handle = try await server.handle(id)
        try await server.forceCancel(id).expect(200)
        let after = try await server.stored(id)
        for status in ["SUCCESS", "ERROR", "CANCEL", "UPDATE", "PAUSE"] {
            try await server.report(status, id, handle: handle).expectError(409, "ESS-01052")
        }
        try await server.checkIn(id, handle: handle).expectError(409, "ESS-01052")
        let now = try await server.stored(id)
        #expect(now.state == .cancelled && now.stateChangeTime == after.stateChangeTime && now.cause == after.cause)
    }

    @Test("C78 the trail names caller, time, request and attestation; refusals attest nothing")
    func audit() async throws {
        let (server, id) = try await serverWithF()
        try await server.forceCancel(id, as: "bert").expectError(403, "ESS-02003")
        try await server.forceCancel(id, as: "essa").expect(200)
        try await server.forceCancel(id, as: "essa").expectError(400, "ESS-01013")
        let trail = try await server.audit().filter { $0.entry.action == "forceCancel" }
        #expect(trail.count == 2)
        let denied = try #require(trail.first)
        #expect(denied.outcome == .denied && denied.entry.principal == "bert" && denied.entry.attestation == nil)
        let done = try #require(trail.last)
        #expect(done.outcome == .ok && done.entry.principal == "essa" && done.targetID == id.description)
        #expect(done.entry.attestation?.isEmpty == false && done.entry.authMethod == "basic")
        #expect(done.entry.clientAddress == "192.0.2.1" && done.time == server.time.now())
    }
}
