import Foundation
import PostgresTesting
import SchedulerEngine
import Testing

/// `Idempotency-Key` where it is worth most: servers that are killed, and several on one database.
@Suite("Idempotency-Key of real servers", .serialized, .timeLimit(.minutes(2)))
struct IdempotencyServerTests {
    private static let body = "{\"jobDefinitionId\":\"JobDefinition://test/Echo\"}"
    private static let other = "{\"jobDefinitionId\":\"JobDefinition://test/Echo\",\"description\":\"other\"}"

    private func submit(_ server: ServerProcess, _ key: String, _ body: String = body) async throws
        -> ServerProcess.Reply
    {
        try await server.call("POST", ServerProcess.requests, body, headers: [("Idempotency-Key", key)])
    }

    @Test("C12, C14: a submit that is repeated after a kill of the server has the same id")
    func restart() async throws {
        let folder = try TestFolder()
        var server = try await ServerProcess.start(folder, ["--processor-enabled", "false"])
        let first = try await submit(server, "k")
        #expect(first.status == 201)
        await server.kill()
        server = try await ServerProcess.start(folder, ["--processor-enabled", "false"])
        let second = try await submit(server, "k")
        #expect(second.status == 201 && second.integer("id") == first.integer("id"))
        let refused = try await submit(server, "k", Self.other)
        #expect(refused.status == 409 && refused.text("errorCode") == "ESS-01053")
        #expect(try await server.submit("Echo") == (first.integer("id") ?? 0) + 1)
        #expect(await server.stop() == 0)
    }

    @Test("C12: of many submits at once under one key, to two servers on one database, one makes a request")
    func race() async throws {
        let schema = try PrivatePostgres.shared().schema("race")
        let folders = [try TestFolder(), try TestFolder()]
        let key = folders[0].path("key")
        try Data(InstallationKey.random()).write(to: URL(fileURLWithPath: key))
        chmod(key, 0o600)
        var servers: [ServerProcess] = []
        for (number, folder) in folders.enumerated() {
            let flags = [
                "--store-url", schema.uri, "--content-dir", folders[0].path("content"), "--node-name", "n\(number)",
                "--secrets-key-file", key, "--processor-enabled", "false",
            ]
            servers.append(try await ServerProcess.start(folder, flags))
        }
        let rounds = 5
        for round in 1...rounds {
            let replies = try await withThrowingTaskGroup(of: ServerProcess.Reply.self) { group in
                for number in 0..<12 {
                    let server = servers[number % 2]
                    group.addTask { try await submit(server, "race\(round)") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let made = replies.filter { $0.status == 201 }
            #expect(Set(made.compactMap { $0.integer("id") }).count == 1)
            for reply in replies where reply.status != 201 {
                #expect(reply.status == 409 && reply.text("errorCode") == "ESS-01054", "\(reply.body)")
                #expect(reply.header("Retry-After") == "1")
            }
            for server in servers {
                #expect(try await submit(server, "race\(round)").integer("id") == made.first?.integer("id"))
                #expect(try await submit(server, "race\(round)", Self.other).text("errorCode") == "ESS-01053")
            }
        }
        let list = try await servers[0].call("GET", "\(ServerProcess.requests)?fields=requestId")
        #expect(list.integer("count") == Int64(rounds))
        for server in servers { #expect(await server.stop() == 0) }
    }
}
