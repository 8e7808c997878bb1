import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// Calls whose request somebody else changed between check and commit (REST §8, 409).
@Suite("Lost races: C72, C73", .ownStores, .timeLimit(.minutes(2)))
struct LostRaceTests {
    @Test(
        "C72 a request that is not found as it was read is ESS-01051; nothing is written, and a repeat counts",
        arguments: ChangingOperation.ofPeople + ChangingOperation.ofJobs + [ChangingOperation.subRequest]
    )
    func changedRow(operation: ChangingOperation) async throws {
        let server = try await TestServer()
        let call = try await operation.prepared(on: server)
        try await check(operation, call, "ESS-01051", server) { try await server.withLostIsolation(call) }
    }

    @Test(
        "C72 a decision that the store drops is ESS-01051, is not recorded, and counts when it is repeated",
        arguments: ChangingOperation.ofPeople
    )
    func lateDecision(operation: ChangingOperation) async throws {
        let server = try await TestServer()
        let call = try await operation.prepared(on: server)
        try await check(operation, call, "ESS-01051", server) {
            server.rivals.dropCommands()
            let reply = try await call()
            server.heal()
            return reply
        }
    }

    @Test("C73 a report that the store drops is ESS-01052", arguments: ChangingOperation.ofJobs)
    func lateReport(operation: ChangingOperation) async throws {
        let server = try await TestServer()
        let call = try await operation.prepared(on: server)
        try await check(operation, call, "ESS-01052", server) {
            server.rivals.dropCommands()
            let reply = try await call()
            server.heal()
            return reply
        }
    }

    @Test("C72 a refresh that loses its race is ESS-01051, and nothing is written", arguments: [true, false])
    func refresh(rowsDiffer: Bool) async throws {
        let metadata = try await MetadataServer()
        let server = metadata.server
        let id = try await server.request(in: .wait)
        let before = try server.storedContent()
        let path = "/api/v1/requests/\(id)/refresh"
        if rowsDiffer {
            try await server.withLostIsolation { try await server.call(.post, path) }.expectError(409, "ESS-01051")
        } else {
            server.rivals.dropCommands()
            try await server.call(.post, path).expectError(409, "ESS-01051")
            server.heal()
        }
        #expect(try server.storedContent() == before)
        try await server.call(.post, path).expect(200)
    }

    @Test(
        "C72, C73 what another one does between a call's check and its commit counts, and the call is judged by that",
        arguments: Overtaken.all
    )
    func overtaken(call overtaken: Overtaken) async throws {
        let server = try await TestServer()
        let call = try await overtaken.operation.prepared(on: server)
        let id = try #require(try await server.requests().first?.id)
        let successes = try await self.successes(server)
        server.rivals.beforeCommands {
            let results = try await server.store.perform([RequestCommand(id, overtaken.event)])
            #expect(results.map(\.outcome) == [.applied])
        }
        try await call().expectError(overtaken.status, overtaken.code)
        #expect(try await self.successes(server) == successes)
        #expect(Overtaken.all.count == 9)
        if overtaken.event == .cancel { #expect(try await server.stored(id).state == .cancelled) }
    }

    /// Loses the race, looks at what is stored, and makes the call once more.
    private func check(
        _ operation: ChangingOperation,
        _ call: () async throws -> Reply,
        _ code: String,
        _ server: TestServer,
        losing: () async throws -> Reply
    ) async throws {
        let before = try server.storedContent()
        let successes = try await self.successes(server)
        let reply = try await losing()
        reply.expectError(409, code)
        #expect(reply.memberNames == ["detail", "errorCode", "status", "title", "type"], "\(reply.text)")
        #expect(try server.storedContent() == before)
        #expect(try await self.successes(server) == successes)
        try await call().expect(operation.success)
        #expect(try await self.successes(server) == successes + (operation.isAudited ? 1 : 0))
    }

    /// How many audit records tell of something that was done.
    private func successes(_ server: TestServer) async throws -> Int {
        try await server.audit().filter { $0.outcome == .ok }.count
    }
}
