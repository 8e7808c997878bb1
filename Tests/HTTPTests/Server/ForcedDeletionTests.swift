import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// Definitions that are deleted although requests use them.
@Suite("Forced deletion: A12", .ownStores, .timeLimit(.minutes(2)))
struct ForcedDeletionTests {
    private static let path = "JobDefinition/acme/Solo"
    private let server: MetadataServer

    init() async throws {
        server = try await MetadataServer()
        try await server.call(.post, "JobDefinition", body: MetadataTests.definition("Solo")).expect(201)
    }

    private func submit(start: String = "") async throws -> SchedulerCore.RequestID {
        let time = start.isEmpty ? "" : #","startTime":"\#(start)""#
        let body = #"{"jobDefinitionId":"JobDefinition://acme/Solo"\#(time)}"#
        let reply = try await server.server.call(.post, "requests", as: "anna", body: body)
        return SchedulerCore.RequestID(try present(reply.member("id").flatMap { Int64($0) }))
    }

    private func delete(_ query: String = "?force=true", as user: String = "adam") async throws -> Reply {
        try await server.call(.delete, Self.path + query, as: user, fields: [.ifMatch: "*"])
    }

    @Test("A12: without force the requests are named; with it they end METADATA_NOT_FOUND, by refresh or when due")
    func forced() async throws {
        let refreshed = try await submit(start: "2040-01-01T00:00:00Z")
        let due = try await submit(start: "2040-01-01T00:00:00Z")
        let refused = try await delete("")
        refused.expectError(409, "ESS-30004")
        #expect(refused.text.contains("request \(refreshed)") && refused.text.contains("request \(due)"))
        try await delete("?force=perhaps").expectError(400, "ESS-05004")
        // Whoever may not read it is not told that it exists.
        try await delete(as: "anna").expectError(404, "ESS-30001")
        #expect(try await server.stored(due).state == .wait)

        try await delete().expect(204)
        try await server.call(.get, Self.path).expectError(404, "ESS-30001")
        #expect(try await server.stored(due).state == .pendingValidation)
        let why = try await server.server.call(.get, "/api/v1/requests/\(due)/diagnosis")
        #expect(why.member("diagnosticCode") == "VALIDATION_WAIT")
        let refresh = try await server.server.call(.post, "/api/v1/requests/\(refreshed)/refresh", as: "anna")
        refresh.expect(200)
        let detail = try await server.server.call(.get, "requests/\(refreshed)", as: "anna")
        #expect(detail.member("state") == "VALIDATION_FAILED")
        #expect(try await server.stored(refreshed).cause == .metadataNotFound)
        server.server.time.advance(by: .seconds(400 * 24 * 3600 * 12))
        try await server.server.turn()
        #expect(try await server.stored(due).state == .validationFailed)
        #expect(try await server.stored(due).cause == .metadataNotFound)
        let trail = try await server.server.store.auditTrail(targetKind: "Request", targetID: due.description)
        #expect(trail.first.map { "\($0.entry.principal) \($0.entry.action)" } == "adam definitionDeleted")
    }

    @Test("A12: force lifts nothing where metadata name the object")
    func referrers() async throws {
        let reply = try await server.call(.delete, "JobDefinition/acme/Sync?force=true", fields: [.ifMatch: "*"])
        reply.expectError(409, "ESS-30004")
        #expect(reply.text.contains("JobSet://acme/Nightly"))
    }

    @Test("A12: what is there again in time is as if it had not been away; PATCH of what is gone ends it")
    func again() async throws {
        let id = try await submit(start: "2040-01-01T00:00:00Z")
        let patched = try await submit(start: "2040-01-01T00:00:00Z")
        try await delete().expect(204)
        let body = #"{"requestParameters":[{"name":"a","paramType":"STRING","value":"1"}]}"#
        try await server.server.call(.patch, "requests/\(patched)", as: "anna", body: body).expect(200)
        #expect(try await server.stored(patched).state == .validationFailed)
        try await server.call(.post, "JobDefinition", body: MetadataTests.definition("Solo")).expect(201)
        try await server.server.call(.post, "/api/v1/requests/\(id)/refresh", as: "anna").expect(200)
        #expect(try await server.stored(id).state == .wait)
    }
}
