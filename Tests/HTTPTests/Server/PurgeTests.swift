import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Runs of the purge (administration §6.5)", .ownStores)
struct PurgeTests {
    private static let run = "/api/v1/purge/run"
    private static let runs = "/api/v1/purge/runs"
    private static let policy = "PurgePolicy://escapement/core/Default"

    private let server: TestServer

    init() async throws { server = try await TestServer() }

    private func begin(_ body: String, as user: String? = "adam") async throws -> Reply {
        try await server.call(.post, Self.run, as: user, body: body)
    }

    @Test("A policy is run as it stands, or only counts; the run is listed and in the audit trail")
    func policy() async throws {
        let reply = try await begin(#"{"policy":"\#(Self.policy)"}"#)
        reply.expect(202)
        #expect(
            reply.text
                == #"{"criteria":{},"dryRun":false,"id":1,"logicalDeleteOnly":false,"policy":"\#(Self.policy)","#
                + #""principal":"adam","requests":0,"retentionDays":{"default":90},"#
                + #""startedTime":"2030-03-17T17:46:40.000Z","state":"RUNNING","trees":0}"#
        )
        try await begin(#"{"policy":"\#(Self.policy)","dryRun":true}"#).expect(202)
        let list = try await server.call(.get, Self.runs, as: "adam")
        list.expect(200)
        #expect(list.member("count") == "2")
        #expect(try list.json["items"]?.elements.compactMap { $0["id"]?.scalarText } == ["2", "1"])
        #expect(try await server.call(.get, "\(Self.runs)?limit=1", as: "adam").member("count") == "1")
        let trail = try await server.store.auditTrail(targetKind: "PurgePolicy", targetID: Self.policy)
        #expect(trail.map(\.entry.principal) == ["adam", "adam"] && trail.allSatisfy { $0.outcome == .ok })
    }

    @Test("Criteria and ages are taken from the call")
    func criteria() async throws {
        let reply = try await begin(
            #"{"criteria":{"application":"GL","executionType":"PROCESS_TYPE","jobDefinition":"JobSet://a/S"},"#
                + #""retentionDays":{"default":1,"error":0}}"#
        )
        reply.expect(202)
        let order = try #require(try await server.store.purgeRuns(limit: 1).first).order
        #expect(order.criteria.application == "GL" && order.criteria.executionType == .process)
        #expect(order.criteria.jobDefinition?.kind == .jobSet)
        #expect(order.retention == PurgeRetention(other: 1, error: 0))
        let trail = try await server.store.auditTrail(targetKind: "PurgeRun", targetID: "1")
        #expect(trail.map(\.entry.action) == ["purge"])
    }

    @Test("Whoever lacks ESCAPEMENT_PURGE is refused, and that is recorded")
    func rights() async throws {
        for user in ["anna", "olga", "essa", "wera"] {
            try await begin(#"{"policy":"\#(Self.policy)"}"#, as: user).expectError(403, "ESS-31002")
            try await server.call(.get, Self.runs, as: user).expectError(403, "ESS-31002")
        }
        try await begin("{}", as: nil).expectError(401, "ESS-02001")
        #expect(try await server.store.purgeRuns(limit: 1).isEmpty)
        let trail = try await server.store.auditTrail(targetKind: "PurgePolicy", targetID: Self.policy)
        #expect(trail.count == 4 && trail.allSatisfy { $0.outcome == .denied && $0.errorCode == 31002 })
    }

    @Test("Bad bodies and unknown policies get their codes, and begin nothing")
    func badCalls() async throws {
        let cases: [(String, Int, String)] = [
            ("{}", 400, "ESS-05003"), ("[]", 400, "ESS-05002"), (#"{"policy":7}"#, 400, "ESS-05002"),
            (#"{"policy":"PurgePolicy://a/None"}"#, 404, "ESS-30001"),
            (#"{"policy":"JobSet://a/S"}"#, 400, "ESS-03003"), (#"{"policy":"::"}"#, 400, "ESS-03002"),
            (#"{"policy":"\#(Self.policy)","criteria":{}}"#, 400, "ESS-05005"),
            (#"{"criteria":{},"dryRun":"yes"}"#, 400, "ESS-05002"),
            (#"{"criteria":{"executionType":"x"}}"#, 400, "ESS-05004"),
            (#"{"criteria":{"jobType":"::"}}"#, 400, "ESS-03002"),
            (#"{"criteria":{},"retentionDays":{"default":-1}}"#, 400, "ESS-05005"),
            (#"{"criteria":{},"retentionDays":9}"#, 400, "ESS-05002"),
        ]
        for (body, status, code) in cases { try await begin(body).expectError(status, code) }
        #expect(try await server.store.purgeRuns(limit: 1).isEmpty)
        for limit in ["0", "501", "x"] {
            let reply = try await server.call(.get, "\(Self.runs)?limit=\(limit)", as: "adam")
            #expect(reply.status == 400)
        }
        #expect(try await server.call(.get, Self.run, as: "adam").status == 405)
        #expect(try await server.call(.post, Self.runs, as: "adam").status == 405)
        #expect(try await server.call(.get, "/api/v1/purge/other", as: "adam").status == 404)
    }
}
