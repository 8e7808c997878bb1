import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// What forceCancel does beside the request itself, and what becomes of it where it fails (REST §6).
@Suite("forceCancel and others: C70, C72, C73, C79, C80", .ownStores)
struct ForceCancelEffectTests {
    private static let callback =
        #"{"callbackUrlPrefix":"https://hooks.example.org/","callbackResourcePath":"x"}"#

    private func serverWithF() async throws -> (TestServer, RequestID) {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        server.time.advance(by: .seconds(1800))
        return (server, id)
    }

    @Test("C73 of a report and a forceCancel at one time one takes effect", arguments: ["SUCCESS", "ERROR", "CANCEL"])
    func race(status: String) async throws {
        for _ in 0..<10 {
            let (server, id) = try await serverWithF()
            let handle = try await server.handle(id)
            async let report = server.report(status, id, handle: handle)
            async let force = server.forceCancel(id)
            let (reported, forced) = try await (report, force)
            #expect((reported.status == 200) != (forced.status == 200))
            if forced.status == 200 {
                reported.expectError(409, "ESS-01052")
                #expect(try await server.stored(id).cause == .operatorCancel)
            } else {
                let code = forced.member("errorCode")
                #expect([400: "ESS-01013", 409: "ESS-01051"][forced.status] == code, "\(forced.text)")
                #expect(try await server.stored(id).state == (status == "ERROR" ? .error : .cancelled))
            }
        }
    }

    @Test("C72, C79 the callback tells REQUEST_CANCELLED once, by OPERATOR_CANCEL, however often it is called")
    func callback() async throws {
        let (server, id) = try await serverWithF()
        try await server.call(.post, "requests/\(id)/subscribe", body: Self.callback).expect(200)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await server.forceCancel(id) } }
            try await group.waitForAll()
        }
        let deliveries = try await server.call(.get, "/api/v1/requests/\(id)/deliveries")
        #expect(deliveries.member("count") == "1")
        let entry = try #require(try await server.store.pollOutbox(limit: 9).due.first?.entry)
        #expect(entry.requestID == id && entry.notice.event.rawValue == "REQUEST_CANCELLED")
        #expect(entry.notice.state == .cancelled && entry.notice.cause == .operatorCancel)
    }

    @Test(
        "C80 a store that is down is 503 with Retry-After, a commit that fails 500; F is CANCELLING and holds its locks",
        arguments: [(StoreFault.Kind.unavailable, 503, "ESS-06001"), (.failed, 500, "ESS-06002")]
    )
    func storeFault(kind: StoreFault.Kind, status: Int, code: String) async throws {
        let server = try await TestServer()
        let blocked = try await server.request(in: .blocked)
        let id = try #require(try await server.requests().first { $0.state == .running }).id
        try await server.call(.post, "requests/\(id)/cancel").expect(200)
        try await server.call(.post, "requests/\(id)/subscribe", body: Self.callback).expect(200)
        server.set(forceCancelAfter: .zero)
        let before = try server.storedContent()
        server.fail(.beforeCommit, kind: kind)
        let reply = try await server.forceCancel(id)
        reply.expectError(status, code)
        #expect((reply.fields[.retryAfter].flatMap { Int($0) } != nil) == (status == 503))
        if status == 500 { #expect(reply.member("title") == "Scheduling sub-system error") }
        #expect(try server.storedContent() == before)
        #expect(try await server.stored(id).state == .cancelling)
        // The handle lives, and who was BLOCKED still is.
        #expect(try await server.checkIn(id, handle: server.handle(id)).text == "true")
        try await server.turn()
        #expect(try await server.stored(blocked).state == .blocked)
        try await server.forceCancel(id).expect(200)
        #expect(try server.storedContent() != before)
        try await server.turn()
        #expect(try await server.stored(blocked).state == .running)
    }

    @Test("C80 a lost answer is told as such, and the commit counts")
    func lostAnswer() async throws {
        let (server, id) = try await serverWithF()
        server.fail(.afterCommit)
        try await server.forceCancel(id).expectError(503, "ESS-06001")
        #expect(try await server.stored(id).state == .cancelled)
        try await server.forceCancel(id).expectError(400, "ESS-01013")
    }
}
