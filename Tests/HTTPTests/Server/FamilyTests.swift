import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// What parents and children do to each other, as callers see it.
@Suite("Families: C18, C20, C39, C41, C64, C76, C77", .ownStores)
struct FamilyTests {
    private func recurring(
        _ server: TestServer,
        _ rule: String = "FREQ=MINUTELY",
        _ definition: String = "Async"
    ) async throws -> RequestID {
        let schedule = #"{"recurrences":[{"icalString":"\#(rule)"}]}"#
        let body = #"{"jobDefinitionId":"acme/\#(definition)","schedule":\#(schedule)}"#
        let reply = try await server.call(.post, "requests", body: body)
        reply.expect(201)
        return RequestID(try #require(reply.member("id").flatMap { Int64($0) }))
    }

    private func children(of id: RequestID, _ server: TestServer) async throws -> [RequestID] {
        let reply = try await server.call(.get, "requests?q=parentRequestId+eq+\(id)&fields=requestId")
        return reply.ids.compactMap { Int64($0) }.map { RequestID($0) }
    }

    private func state(_ id: RequestID, _ server: TestServer) async throws -> String? {
        try await server.call(.get, "requests/\(id)").member("state")
    }

    @Test("C18 where the definition forbids it, a second request while one is pending is ESS-01050")
    func duplicatePending() async throws {
        let server = try await TestServer()
        for pending in [RequestState.wait, .hold] {
            let first = try await server.request(in: pending, "Once")
            let second = try await server.call(.post, "requests", body: TestCatalogue.submission("Once"))
            second.expectError(409, "ESS-01050")
            // Whoever runs or has ended is in nobody's way.
            if pending == .hold { try await server.call(.post, "requests/\(first)/release").expect(200) }
            try await server.turn()
            #expect(try await state(first, server) == "RUNNING")
            let other = try await server.submit("Once")
            try await server.call(.post, "requests/\(other)/cancel").expect(200)
        }
    }

    @Test(
        "C18 whoever is pending is in the way, in whatever state",
        arguments: [RequestState.wait, .hold, .pendingValidation, .errorAutoRetry]
    )
    func pendingStates(state: RequestState) async throws {
        let server = try await TestServer()
        _ = try await server.request(in: state, "Once")
        let second = try await server.call(.post, "requests", body: TestCatalogue.submission("Once"))
        second.expectError(409, "ESS-01050")
        #expect(try await server.requests().count == 1)
    }

    @Test("C20 with extensions off COUNT and its like are ESS-04003, and nothing is stored")
    func extensionsOff() async throws {
        let server = try await TestServer(recurrence: RecurrenceSettings(extensions: false))
        for part in ["COUNT=3", "UNTIL=20400101T000000Z", "WKST=MO", "BYDAY=MO;BYSETPOS=1"] {
            let rule = "FREQ=MONTHLY;\(part)"
            let body = #"{"jobDefinitionId":"acme/Sync","schedule":{"recurrences":[{"icalString":"\#(rule)"}]}}"#
            try await server.call(.post, "requests", body: body).expectError(400, "ESS-04003")
        }
        #expect(try await server.requests().isEmpty)
        _ = try await recurring(server, "FREQ=MONTHLY;BYMONTHDAY=1")
    }

    @Test("C39 a cancelled parent is CANCELLED only when its last child is terminal", arguments: ["CANCEL", "SUCCESS"])
    func lastChild(report: String) async throws {
        let server = try await TestServer()
        let parent = try await recurring(server)
        let running = try #require(try await children(of: parent, server).first)
        try await server.start(running)
        try await server.call(.post, "requests/\(parent)/cancel").expect(200)
        #expect(try await state(parent, server) == "CANCELLING")
        #expect(try await children(of: parent, server).count == 2)
        for child in try await children(of: parent, server) {
            #expect(try await state(child, server) == (child == running ? "CANCELLING" : "CANCELLED"))
        }
        try await server.report(report, running, handle: server.handle(running)).expect(200)
        #expect(try await state(running, server) == "CANCELLED")
        #expect(try await state(parent, server) == "CANCELLED")
    }

    @Test("C41 hold and release of a recurring parent cover its pending child; running children go on")
    func holdOfParent() async throws {
        let server = try await TestServer()
        let parent = try await recurring(server)
        let running = try #require(try await children(of: parent, server).first)
        try await server.start(running)
        let pending = try #require(try await children(of: parent, server).last)
        try await server.call(.post, "requests/\(parent)/hold").expect(200)
        #expect(try await state(parent, server) == "HOLD")
        #expect(try await state(pending, server) == "HOLD")
        #expect(try await state(running, server) == "RUNNING")
        try await server.call(.post, "requests/\(parent)/hold").expectError(400, "ESS-01011")
        try await server.call(.post, "requests/\(parent)/release").expect(200)
        #expect(try await state(parent, server) == "WAIT")
        #expect(try await state(pending, server) == "WAIT")
        try await server.call(.post, "requests/\(parent)/release").expectError(400, "ESS-01012")
    }

    @Test("C36 an instance cannot be deleted, but goes with its parent")
    func deletionOfInstance() async throws {
        let server = try await TestServer()
        let parent = try await recurring(server)
        let child = try #require(try await children(of: parent, server).first)
        try await server.call(.post, "requests/\(parent)/cancel").expect(200)
        #expect(try await state(child, server) == "CANCELLED")
        try await server.call(.delete, "requests/\(child)").expectError(400, "ESS-01017")
        try await server.call(.delete, "requests/\(parent)").expect(204)
        for id in [parent, child] { try await server.call(.get, "requests/\(id)").expectError(404, "ESS-01001") }
    }

    @Test("C36 a sub-request cannot be deleted, but goes with its parent")
    func deletionOfSubRequest() async throws {
        let server = try await TestServer()
        let parent = try await pausedForSubRequest(server)
        let child = try #require(try await children(of: parent, server).first)
        try await server.perform(.executableEnded(.success), on: child)
        try await server.call(.delete, "requests/\(child)").expectError(400, "ESS-01017")
        try await server.turn()
        try await server.call(.delete, "requests/\(parent)").expectError(400, "ESS-01016")
        try await server.perform(.cancel, on: parent)
        let handle = try await server.handle(parent)
        try await server.report("CANCEL", parent, handle: handle).expect(200)
        try await server.call(.delete, "requests/\(parent)").expect(204)
        for id in [parent, child] { try await server.call(.get, "requests/\(id)").expectError(404, "ESS-01001") }
    }

    @Test("C64 a recurring parent in CANCELLING is ESS-01014")
    func recurringParent() async throws {
        let server = try await TestServer()
        let parent = try await recurring(server)
        try await server.start(try #require(try await children(of: parent, server).first))
        try await expectNotWaiting(parent, server)
    }

    @Test("C64 a job set in CANCELLING is ESS-01014")
    func jobSet() async throws {
        let server = try await TestServer()
        let body = #"{"jobDefinitionId":"JobSet://acme/Nightly"}"#
        let id = try #require(try await server.call(.post, "requests", body: body).member("id").flatMap { Int64($0) })
        try await server.turn()
        try await expectNotWaiting(RequestID(id), server)
    }

    @Test("C64 one that was cancelled while paused for sub-requests is ESS-01014")
    func pausedForSubRequests() async throws {
        let server = try await TestServer()
        let parent = try await pausedForSubRequest(server)
        try await expectNotWaiting(parent, server)
    }

    /// A request that waits for the end of a sub-request, which runs.
    private func pausedForSubRequest(_ server: TestServer) async throws -> RequestID {
        let parent = try await server.request(in: .running)
        let handle = try await server.handle(parent)
        let context = #"{"requestId":\#(parent),"requestHandle":"\#(handle)"}"#
        let body = #"{"jobDefinitionId":"acme/Sync","requestExecutionContext":\#(context)}"#
        try await server.call(.post, "requests", as: nil, body: body).expect(201)
        try await server.report("PAUSE", parent, handle: handle).expect(200)
        #expect(try await state(parent, server) == "PAUSED")
        try await server.turn()
        #expect(try await state(#require(try await children(of: parent, server).first), server) == "RUNNING")
        return parent
    }

    /// Cancels, and finds that time changes nothing.
    private func expectNotWaiting(_ id: RequestID, _ server: TestServer) async throws {
        try await server.call(.post, "requests/\(id)/cancel").expect(200)
        #expect(try await state(id, server) == "CANCELLING")
        server.set(forceCancelAfter: .zero)
        for _ in 0..<2 {
            try await server.forceCancel(id).expectError(400, "ESS-01014")
            server.time.advance(by: .seconds(86_400))
        }
        #expect(try await state(id, server) == "CANCELLING")
    }

    @Test("C76 after the 200 a request that was BLOCKED by F can run, and its slot is free")
    func freed() async throws {
        for (definition, waiting) in [("Alone", RequestState.blocked), ("Single", .ready)] {
            let server = try await TestServer()
            let waiter = try await server.request(in: waiting, definition)
            let holder = try #require(try await server.requests().first { $0.id != waiter }).id
            try await server.call(.post, "requests/\(holder)/cancel").expect(200)
            server.set(forceCancelAfter: .zero)
            try await server.turn()
            #expect(try await server.stored(waiter).state == waiting)
            try await server.forceCancel(holder).expect(200)
            try await server.turn()
            #expect(try await server.stored(waiter).state == .running)
        }
    }

    @Test("C77 after forceCancel of an instance the next one runs; the last child of a cancelled parent ends it")
    func instances() async throws {
        let server = try await TestServer()
        server.set(forceCancelAfter: .zero)
        let parent = try await recurring(server)
        let first = try #require(try await children(of: parent, server).first)
        try await server.start(first)
        try await server.call(.post, "requests/\(first)/cancel").expect(200)
        try await server.forceCancel(first).expect(200)
        #expect(try await state(parent, server) == "WAIT")
        server.time.advance(by: .seconds(60))
        let next = try #require(try await children(of: parent, server).last)
        try await server.start(next)
        #expect(next != first)
        #expect(try await state(next, server) == "RUNNING")
        try await server.call(.post, "requests/\(parent)/cancel").expect(200)
        #expect(try await state(parent, server) == "CANCELLING")
        try await server.forceCancel(next).expect(200)
        #expect(try await state(next, server) == "CANCELLED")
        #expect(try await state(parent, server) == "CANCELLED")
    }
}
