import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// `/api/v1/requests/{id}/diagnosis` (administration §6.1).
@Suite("Why a request waits", .ownStores)
struct DiagnosisTests {
    private static func path(_ id: RequestID) -> String { "/api/v1/requests/\(id)/diagnosis" }

    private static func blockers(_ reply: Reply) throws -> [JSONValue] {
        Array(try #require(try reply.json["blockers"]).elements)
    }

    @Test("A46: ON_HOLD names who held it; the members are those of the specification")
    func held() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .wait)
        try await server.call(.post, "requests/\(id)/hold").expect(200)
        let reply = try await server.call(.get, Self.path(id))
        reply.expect(200)
        #expect(
            reply.memberNames == [
                "actions", "application", "blockers", "diagnosticCode", "hasManualAsyncComplete",
                "hasManualRecoverRequest", "processPhase", "requestId", "scheduledTime", "since", "state", "text",
            ]
        )
        #expect(reply.member("diagnosticCode") == "ON_HOLD" && reply.member("state") == "HOLD")
        let first = try #require(Self.blockers(reply).first)
        #expect(first["code"]?.string == "ON_HOLD" && first["who"]?.string == "anna")
        let actions = try #require(reply.json["actions"]).elements.compactMap(\.string)
        #expect(actions.contains("release") && !actions.contains("hold"))
    }

    @Test("A46: CANCEL_WAIT names the earliest forceCancel")
    func cancelling() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        let reply = try await server.call(.get, Self.path(id), as: "olga")
        #expect(reply.member("diagnosticCode") == "CANCEL_WAIT")
        let earliest = (server.time.now() + .seconds(1800)).description
        let first = try #require(Self.blockers(reply).first)
        #expect(first["earliestForceCancelTime"]?.string == earliest)
        #expect(reply.text.contains("Force-cancel is allowed from \(earliest)"))
    }

    @Test("A request that has ended has its state, no code and no reason")
    func ended() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .succeeded)
        let reply = try await server.call(.get, Self.path(id))
        reply.expect(200)
        #expect(reply.member("state") == "SUCCEEDED" && reply.member("diagnosticCode") == nil)
        #expect(try Self.blockers(reply).isEmpty)
    }

    @Test("READ is needed, the request must be there, and only GET is known")
    func refusals() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .wait)
        try await server.call(.get, Self.path(id), as: nil).expectError(401, "ESS-02001")
        try await server.call(.get, Self.path(id), as: "nina").expectError(403, "ESS-02003")
        try await server.call(.get, Self.path(RequestID(99))).expectError(404, "ESS-01001")
        try await server.call(.get, "/api/v1/requests/x/diagnosis").expectError(400, "ESS-05009")
        try await server.call(.post, Self.path(id), body: "{}").expectError(405, "ESS-05021")
        try await server.call(.get, "/api/v1/requests/\(id)/diagnosis/more").expectError(404, "ESS-05020")
    }
}
