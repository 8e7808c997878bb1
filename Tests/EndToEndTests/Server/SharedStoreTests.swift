import Foundation
import PostgresTesting
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import Testing

/// Two real servers on one PostgreSQL database.
@Suite("Servers that share a store", .serialized, .timeLimit(.minutes(2)))
struct SharedStoreTests {
    private let schema: TestSchema
    private let one: TestFolder
    private let other: TestFolder

    init() throws {
        schema = try PrivatePostgres.shared().schema("serve")
        one = try TestFolder()
        other = try TestFolder()
        try Self.writeKey(one.path("key"))
    }

    @Test("Both start at once on an empty schema, and what one takes the other shows and runs")
    func together() async throws {
        async let starting = (
            ServerProcess.start(one, flags("one") + ["--processor-enabled", "false"]),
            ServerProcess.start(other, flags("other"))
        )
        let (first, second) = try await starting
        let begun = ContinuousClock.now
        let id = try await first.submit("Echo", argument: "hello")
        // Only the other may run it. By itself it would look for it after fifteen seconds: it was told.
        _ = try await second.waitFor(id) { $0.state == .succeeded }
        #expect(begun.duration(to: .now) < .seconds(5))
        // Logs lie in the folder that both share.
        #expect(try await first.log(of: id).contains("said: hello"))
        #expect(await first.stop() == 0)
        #expect(await second.stop() == 0)
        #expect(one.text("server.log") == "")
        #expect(other.text("server.log") == "")
    }

    @Test("A node with another key, or without one, refuses to start and says what to do")
    func keys() async throws {
        let server = try await ServerProcess.start(one, flags("one"))
        try Self.writeKey(other.path("key"))
        for key in [other.path("key"), other.path("missing")] {
            let error = await #expect(throws: ServerEnded.self) {
                try await ServerProcess.start(other, flags("other", key: key))
            }
            #expect(error?.status == 78)
            #expect(error?.text.contains("secrets.keyFile") == true)
            #expect(error?.text.contains("cop") == true)
        }
        #expect(await server.stop() == 0)
    }

    @Test("A change of metadata reaches the other node, which warns that its own directory differs")
    func metadata() async throws {
        let leader = try await ServerProcess.start(one, flags("one"))
        let follower = try await ServerProcess.start(other, flags("other"))
        await #expect(throws: ClientError.self) { try await follower.submit("Late") }
        try (TestFolder.standardDocuments + "\n---\n" + Self.lateDocument)
            .write(toFile: one.path("metadata/test.yaml"), atomically: true, encoding: .utf8)
        leader.reload()
        var id: Int64?
        while id == nil {
            try Task.checkCancellation()
            id = try? await follower.submit("Late")
        }
        _ = try await leader.waitFor(#require(id)) { $0.state == .succeeded }
        while !other.text("server.log").contains("JobDefinition://test/Late") { try Task.checkCancellation() }
        #expect(await leader.stop() == 0)
        #expect(await follower.stop() == 0)
    }

    @Test("Of nodes that start at once one creates the first user, and its password opens both")
    func bootstrap() async throws {
        async let starting = (
            ServerProcess.start(one, flags("one"), adminPassword: nil),
            ServerProcess.start(other, flags("other"), adminPassword: nil)
        )
        let servers = try await starting
        let passwords = [one, other].map { $0.text("data/bootstrap-password") }.filter { !$0.isEmpty }
        #expect(passwords.count == 1)
        let password = String(try #require(passwords.first).dropLast())
        for server in [servers.0, servers.1] {
            #expect(try await server.call("GET", ServerProcess.requests, password: password).status == 200)
            #expect(try await server.call("GET", ServerProcess.requests, password: password + "x").status == 401)
            #expect(await server.stop() == 0)
        }
        for folder in [one, other] {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("data"))
            #expect(!names.contains { $0.hasSuffix(".new") })
        }
    }

    // MARK: - Steps

    private static let lateDocument = """
        kind: JobDefinition
        package: /test
        name: Late
        jobType: JobType://escapement/core/SwiftJobType
        parameters: [{name: SYS_className, value: NoOp}]
        """

    private func flags(_ name: String, key: String? = nil) -> [String] {
        [
            "--store-url", schema.uri, "--content-dir", one.path("content"), "--node-name", name,
            "--cluster-lease", "5s", "--secrets-key-file", key ?? one.path("key"),
        ]
    }

    private static func writeKey(_ path: String) throws {
        try Data(InstallationKey.random()).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
    }
}
