import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Control and reports: C36 to C42, C48 to C51", .ownStores)
struct ControlTests {
    @Test("C36 DELETE: terminal roots only, then 404")
    func delete() async throws {
        let server = try await TestServer()
        for state in [RequestState.cancelled, .succeeded, .warning, .error] {
            let id = try await server.request(in: state)
            let reply = try await server.call(.delete, "requests/\(id)", body: "{")
            reply.expect(204)
            #expect(reply.body.isEmpty)
            try await server.call(.delete, "requests/\(id)").expectError(404, "ESS-01001")
            try await server.call(.get, "requests/\(id)").expectError(404, "ESS-01001")
        }
        for state in [RequestState.wait, .hold, .running, .cancelling, .paused] {
            let id = try await server.request(in: state)
            try await server.call(.delete, "requests/\(id)").expectError(400, "ESS-01016")
        }
        let foreign = try await server.request(in: .succeeded, as: "bert")
        try await server.call(.delete, "requests/\(foreign)").expectError(403, "ESS-02003")
        try await server.call(.delete, "requests/\(foreign)", as: "olga").expectError(403, "ESS-02004")
    }

    @Test(
        "C37 cancel as the table says",
        arguments: [
            (RequestState.wait, RequestState.cancelled), (.hold, .cancelled), (.running, .cancelling),
            (.cancelling, .cancelling), (.paused, .cancelling),
        ]
    )
    func cancel(from state: RequestState, to expected: RequestState) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: state)
        try await server.call(.post, "requests/\(id)/cancel").expect(200)
        #expect(try await server.stored(id).state == expected)
    }

    @Test("C37 terminal states refuse cancel", arguments: [RequestState.cancelled, .succeeded, .warning, .error])
    func cancelTerminal(state: RequestState) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: state)
        let before = try await server.stored(id)
        let reply = try await server.call(.post, "requests/\(id)/cancel")
        reply.expectError(400, "ESS-01010")
        #expect(reply.member("title") == "Unsupported state for operation")
        #expect(try await server.stored(id) == before)
    }

    @Test("C40, C42 hold and release, else their refusals")
    func holdAndRelease() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .wait)
        try await server.call(.post, "requests/\(id)/release").expectError(400, "ESS-01012")
        let held = try await server.call(.post, "requests/\(id)/hold")
        held.expect(200)
        #expect(held.memberNames == ["links"])
        #expect(held.relations.first == "self" && held.relations.count == 8)
        #expect(try await server.stored(id).state == .hold)
        try await server.call(.post, "requests/\(id)/hold").expectError(400, "ESS-01011")
        try await server.call(.post, "requests/\(id)/release").expect(200)
        #expect(try await server.stored(id).state == .wait)
        for state in [RequestState.running, .cancelling, .succeeded] {
            let other = try await server.request(in: state)
            try await server.call(.post, "requests/\(other)/hold").expectError(400, "ESS-01011")
            try await server.call(.post, "requests/\(other)/release").expectError(400, "ESS-01012")
        }
    }

    @Test(
        "C48 each report acts while RUNNING",
        arguments: [
            ("SUCCESS", RequestState.succeeded), ("WARNING", .warning), ("ERROR", .error), ("BUSINESS_ERROR", .error),
            ("CANCEL", .cancelled), ("PAUSE", .paused), ("SUSPEND", .paused), ("UPDATE", .running),
        ]
    )
    func reportRunning(status: String, expected: RequestState) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        let reply = try await server.report(status, id, handle: server.handle(id))
        reply.expect(200)
        #expect(reply.memberNames == ["links"])
        #expect(try await server.stored(id).state == expected)
    }

    @Test(
        "C48 each report acts while CANCELLING",
        arguments: [
            ("SUCCESS", RequestState.cancelled), ("WARNING", .cancelled), ("ERROR", .error), ("BUSINESS_ERROR", .error),
            ("CANCEL", .cancelled), ("PAUSE", .cancelled), ("SUSPEND", .cancelled), ("UPDATE", .cancelling),
        ]
    )
    func reportCancelling(status: String, expected: RequestState) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        try await server.report(status, id, handle: server.handle(id)).expect(200)
        #expect(try await server.stored(id).state == expected)
    }

    @Test("C48 what a report leaves behind: outcome, kind of error, cause, and the text where it is one")
    func reportOutcomes() async throws {
        let table: [(RequestState, String, [String?])] = [
            (.running, "SUCCESS", ["SUCCEEDED", nil, "PROCESS_SUCCESS", nil]),
            (.running, "WARNING", ["WARNING", nil, "PROCESS_WARNING", "why"]),
            (.running, "ERROR", ["ERROR", "SYSTEM", "PROCESS_SYSTEM_ERROR", "why"]),
            (.running, "BUSINESS_ERROR", ["ERROR", "BUSINESS", "PROCESS_BIZ_ERROR", "why"]),
            (.running, "CANCEL", ["CANCELLED", nil, "PROCESS_CANCEL", nil]),
            (.cancelling, "SUCCESS", ["SUCCEEDED", nil, "OPERATOR_CANCEL", nil]),
            (.cancelling, "WARNING", ["WARNING", nil, "OPERATOR_CANCEL", "why"]),
        ]
        for (state, status, expected) in table {
            let server = try await TestServer()
            let id = try await server.request(in: state)
            let handle = try await server.handle(id)
            let body = #"{"status":"\#(status)","statusMessage":"why","requestHandle":"\#(handle)"}"#
            try await server.call(.post, "requests/\(id)/executionStatus", as: nil, body: body).expect(200)
            let read = try await server.call(.get, "requests/\(id)")
            let found = ["executableState", "errorType", "cause", "errorWarningMessage"].map { read.member($0) }
            #expect(found == expected, "\(state) \(status)")
        }
    }

    @Test("C48 ERROR is tried again while retries are left, never in CANCELLING; UPDATE and PAUSE of what is suspended")
    func retriesAndPauses() async throws {
        let server = try await TestServer()
        let retried = try await server.submit("Async", #","retries":1"#)
        try await server.start(retried)
        try await server.report("ERROR", retried, handle: server.handle(retried)).expect(200)
        #expect(try await server.stored(retried).state == .errorAutoRetry)
        let cancelled = try await server.submit("Async", #","retries":1"#)
        try await server.start(cancelled)
        try await server.call(.post, "requests/\(cancelled)/cancel").expect(200)
        try await server.report("ERROR", cancelled, handle: server.handle(cancelled)).expect(200)
        #expect(try await server.stored(cancelled).state == .error)
        let suspended = try await server.request(in: .paused)
        let handle = try await server.handle(suspended)
        try await server.report("UPDATE", suspended, handle: handle).expect(200)
        #expect(try await server.stored(suspended).state == .running)
        // Without sub-requests the next round is queued at once.
        try await server.report("PAUSE", suspended, handle: handle).expect(200)
        #expect(try await server.stored(suspended).state == .paused)
        try await server.turn()
        #expect(try await server.stored(suspended).state == .running)
    }

    @Test("C49 what is wrong with a report, in the specified order")
    func reportRefusals() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        let other = try await server.request(in: .running)
        let handle = try await server.handle(id)
        let foreign = try await server.handle(other)
        try await server.report("DONE", id, handle: handle).expectError(400, "ESS-05004")
        try await server.call(.post, "requests/\(id)/executionStatus", as: nil, body: "{}").expectError(
            400,
            "ESS-05003"
        )
        try await server.call(.post, "requests/\(id)/executionStatus", as: nil, body: "{").expectError(400, "ESS-05001")
        try await server.report("DONE", RequestID(999), handle: handle).expectError(400, "ESS-05004")
        for handle in [nil, "guess", foreign, "1.x", String(repeating: "9", count: 5000)] {
            let anonymous = try await server.report("SUCCESS", id, handle: handle)
            anonymous.expectError(401, "ESS-02001")
            #expect(anonymous.fields[.wwwAuthenticate] != nil)
            try await server.report("SUCCESS", id, handle: handle, as: "anna").expectError(403, "ESS-02005")
            try await server.report("SUCCESS", RequestID(999), handle: handle).expectError(401, "ESS-02001")
            try await server.report("SUCCESS", RequestID(999), handle: handle, as: "anna").expectError(404, "ESS-01001")
        }
        let waiting = try await server.request(in: .wait)
        try await server.report("SUCCESS", waiting, handle: "x", as: "anna").expectError(403, "ESS-02005")
        let record = try await server.audit().last
        #expect(record?.outcome == .denied && record?.entry.action == "executionStatus" && record?.errorCode == 2005)
        #expect(try await server.stored(id).state == .running)
    }

    @Test("C49 bad credentials are refused although the handle is right; a user without right may present it")
    func credentialsAndHandle() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        let body = #"{"status":"SUCCESS","requestHandle":"\#(try await server.handle(id))"}"#
        let bad: HTTPFields = [.authorization: TestCatalogue.authorization("anna", password: "guess")]
        try await server.call(.post, "requests/\(id)/executionStatus", as: nil, body: body, bad)
            .expectError(401, "ESS-02001")
        #expect(try await server.stored(id).state == .running)
        try await server.call(.post, "requests/\(id)/executionStatus", as: "nina", body: body).expect(200)
        #expect(try await server.stored(id).state == .succeeded)
    }

    @Test("C49 where the handle is no credential, it takes a user with UPDATE")
    func strictHandle() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running, "Strict")
        let handle = try await server.handle(id)
        try await server.report("SUCCESS", id, handle: handle).expectError(401, "ESS-02001")
        try await server.report("SUCCESS", id, handle: handle, as: "bert").expectError(403, "ESS-02003")
        try await server.report("SUCCESS", id, handle: handle, as: "olga").expectError(403, "ESS-02004")
        try await server.report("SUCCESS", id, handle: handle, as: "anna").expect(200)
    }

    @Test("The handle may come in the header")
    func headerHandle() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        let name = try #require(HTTPField.Name("Escapement-Handle"))
        try await server.call(
            .post,
            "requests/\(id)/executionStatus",
            as: nil,
            body: #"{"status":"SUCCESS"}"#,
            [name: try await server.handle(id)]
        )
        .expect(200)
    }

    @Test("C49, C50 the handle of an earlier attempt is 409, but its accepted status may still be repeated")
    func earlierAttempt() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .errorAutoRetry)
        let earlier = try await server.handle(id)
        server.time.advance(by: .seconds(86_400))
        try await server.turn()
        try await server.start(id)
        let running = try await server.stored(id)
        #expect(running.state == .running)
        for status in ["SUCCESS", "UPDATE", "CANCEL"] {
            try await server.report(status, id, handle: earlier).expectError(409, "ESS-01052")
        }
        try await server.report("ERROR", id, handle: earlier).expect(200)
        #expect(try await server.stored(id).state == .running)
        #expect(try await server.handle(id) != earlier)
        try await server.report("SUCCESS", id, handle: server.handle(id)).expect(200)
        #expect(try await server.stored(id).state == .succeeded)
    }

    @Test("C49 a closed handle is 400 for another status")
    func notWaiting() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        let handle = try await server.handle(id)
        try await server.report("SUCCESS", id, handle: handle).expect(200)
        try await server.report("ERROR", id, handle: handle).expectError(400, "ESS-01022")
    }

    @Test(
        "C50 the same final status twice is 200 twice, with one effect",
        arguments: ["SUCCESS", "WARNING", "ERROR", "BUSINESS_ERROR", "CANCEL"]
    )
    func repeated(status: String) async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        let handle = try await server.handle(id)
        try await server.report(status, id, handle: handle).expect(200)
        let after = try await server.stored(id)
        server.time.advance(by: .seconds(5))
        try await server.report(status, id, handle: handle).expect(200)
        #expect(try await server.stored(id) == after)
    }

    @Test("C51 checkInCancelling is a bare boolean")
    func checkIn() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        let handle = try await server.handle(id)
        let running = try await server.checkIn(id, handle: handle)
        running.expect(200)
        #expect(running.text == "false")
        #expect(running.fields[.contentType] == "application/json;charset=utf-8")
        try await server.call(.post, "requests/\(id)/cancel").expect(200)
        #expect(try await server.checkIn(id, handle: handle).text == "true")
        let other = try await server.request(in: .running)
        for context in ["", "x", "\(id)", "\(id),", ",h", "x,\(handle)"] {
            let body = #"{"requestExecutionContext":"\#(context)"}"#
            try await server.call(.post, "requests/\(id)/checkInCancelling", body: body).expectError(400, "ESS-05017")
        }
        for context in ["\(other),\(try await server.handle(other))", "\(id),guess", "\(other),\(handle)"] {
            let body = #"{"requestExecutionContext":"\#(context)"}"#
            try await server.call(.post, "requests/\(id)/checkInCancelling", body: body).expectError(403, "ESS-02005")
            try await server.call(.post, "requests/\(id)/checkInCancelling", as: nil, body: body)
                .expectError(401, "ESS-02001")
        }
        try await server.checkIn(RequestID(999), handle: handle, as: "anna").expectError(404, "ESS-01001")
    }
}
