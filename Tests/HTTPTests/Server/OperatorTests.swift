import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// priority, recover and complete as operators call them (administration §6.1).
@Suite("Operators decide", .ownStores)
struct OperatorTests {
    private static func path(_ id: RequestID, _ name: String) -> String { "/api/v1/requests/\(id)/\(name)" }

    @Test("priority is 0 to 9, in pending states, with UPDATE")
    func priority() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .wait)
        let reply = try await server.call(.post, Self.path(id, "priority"), body: #"{"priority":9}"#)
        reply.expect(200)
        #expect(reply.relations.contains("self"))
        #expect(try await server.call(.get, "requests/\(id)").member("priority") == "9")
        for (body, code) in [
            ("{}", "ESS-05003"), (#"{"priority":"9"}"#, "ESS-05002"), (#"{"priority":10}"#, "ESS-05005"),
            (#"{"priority":-1}"#, "ESS-05005"), ("[]", "ESS-05002"), ("{", "ESS-05001"),
        ] {
            try await server.call(.post, Self.path(id, "priority"), body: body).expectError(400, code)
        }
        let body = #"{"priority":1}"#
        try await server.call(.post, Self.path(id, "priority"), as: nil, body: body).expectError(401, "ESS-02001")
        try await server.call(.post, Self.path(id, "priority"), as: "olga", body: "{").expectError(403, "ESS-02004")
        try await server.call(.post, Self.path(id, "priority"), as: "nina", body: "{").expectError(403, "ESS-02003")
        try await server.call(.post, Self.path(RequestID(99), "priority"), body: "{").expectError(404, "ESS-01001")
        try await server.call(.get, Self.path(id, "priority")).expectError(405, "ESS-05021")
        let running = try await server.request(in: .running)
        try await server.call(.post, Self.path(running, "priority"), body: body).expectError(400, "ESS-01025")
        #expect(try await server.stored(id).priority == 9)
        let trail = try await server.audit().filter { $0.entry.action == "priority" }
        #expect(trail.map(\.outcome) == [.ok, .denied, .denied])
    }

    @Test("recover decides what asked for a person, its reason in the trail")
    func recover() async throws {
        let server = try await TestServer()
        for (outcome, state) in [("RETRY", "WAIT"), ("ERROR", "ERROR"), ("CANCELLED", "CANCELLED")] {
            let id = try await server.request(in: .wait, "Sync")
            try await server.start(id)
            try await server.perform(.executableEnded(.manualRecovery(text: "?")), on: id)
            #expect(try await server.call(.get, "requests/\(id)").json["isRecoverable"]?.bool == true)
            let body = #"{"outcome":"\#(outcome)","reason":"told by the bank"}"#
            try await server.call(.post, Self.path(id, "recover"), body: body).expect(200)
            #expect(try await server.call(.get, "requests/\(id)").member("state") == state)
            let record = try #require(try await server.audit().last)
            #expect(record.entry.action == "recover" && record.entry.reason == "told by the bank")
            #expect(record.entry.attestation == nil && record.outcome == .ok)
            if outcome == "RETRY" { try await server.perform(.cancel, on: id) }
        }
        let id = try await server.request(in: .wait)
        for (body, code) in [
            ("{}", "ESS-05003"), (#"{"outcome":"retry"}"#, "ESS-05004"),
            (#"{"outcome":"RETRY","reason":1}"#, "ESS-05002"),
            (#"{"outcome":"RETRY","reason":"\#(String(repeating: "x", count: 4097))"}"#, "ESS-05005"),
            (#"{"outcome":"RETRY"}"#, "ESS-01026"),
        ] {
            try await server.call(.post, Self.path(id, "recover"), body: body).expectError(400, code)
        }
        try await server.call(.post, Self.path(id, "recover"), as: "olga", body: "{").expectError(403, "ESS-02004")
    }

    @Test("complete takes an attestation, ends the wait, and the job's own report comes too late")
    func complete() async throws {
        let server = try await TestServer()
        for (status, state, cause) in [
            ("SUCCESS", "SUCCEEDED", Cause.processRecover), ("WARNING", "WARNING", .processRecover),
            ("ERROR", "ERROR", .processRecover), ("BUSINESS_ERROR", "ERROR", .processRecover),
            ("CANCEL", "CANCELLED", .processRecover),
        ] {
            let id = try await server.request(in: .running)
            let handle = try await server.handle(id)
            #expect(try await server.call(.get, "requests/\(id)").json["isAsyncRecoverable"]?.bool == true)
            let body = #"{"status":"\#(status)","statusMessage":"seen","attestation":true}"#
            try await server.call(.post, Self.path(id, "complete"), body: body).expect(200)
            #expect(try await server.call(.get, "requests/\(id)").member("state") == state)
            #expect(try await server.stored(id).cause == cause)
            try await server.report("SUCCESS", id, handle: handle).expectError(409, "ESS-01052")
            let record = try #require(try await server.audit().last { $0.entry.action == "complete" })
            #expect(record.entry.attestation?.contains(status) == true && record.targetID == id.description)
        }
    }

    @Test("complete without attestation, of what does not wait, or in CANCELLING is refused and attests nothing")
    func completeRefused() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .running)
        for (body, code) in [
            (#"{"status":"SUCCESS"}"#, "ESS-05003"), (#"{"status":"SUCCESS","attestation":false}"#, "ESS-05004"),
            (#"{"status":"SUCCESS","attestation":"true"}"#, "ESS-05002"), (#"{"attestation":true}"#, "ESS-05003"),
            (#"{"status":"PAUSE","attestation":true}"#, "ESS-05004"),
            (#"{"status":"UPDATE","attestation":true}"#, "ESS-05004"),
        ] {
            try await server.call(.post, Self.path(id, "complete"), body: body).expectError(400, code)
        }
        let good = #"{"status":"SUCCESS","attestation":true}"#
        try await server.call(.post, Self.path(id, "complete"), as: "olga", body: good).expectError(403, "ESS-02004")
        #expect(try await server.audit().allSatisfy { $0.entry.attestation == nil })
        for state in [RequestState.wait, .cancelling, .succeeded] {
            let other = try await server.request(in: state)
            try await server.call(.post, Self.path(other, "complete"), body: good).expectError(400, "ESS-01027")
        }
        #expect(try await server.stored(id).state == .running)
        let suspended = try await server.request(in: .paused)
        try await server.call(.post, Self.path(suspended, "complete"), body: good).expect(200)
        #expect(try await server.stored(suspended).state == .succeeded)
    }
}
