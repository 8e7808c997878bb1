import Foundation
import PostgresTesting
import SchedulerEngine
import Synchronization
import Testing

/// What outlives a server: its folder and its store. Servers of one home come one after the other or, over
/// PostgreSQL, beside each other. Those that a test leaves behind when it fails end with it.
final class ServerHome: Sendable {
    /// Where a server keeps its requests.
    enum Store: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case sqlite
        case postgres

        var testDescription: String { rawValue }
    }

    let folder: TestFolder
    /// Of the second node.
    private let otherFolder: TestFolder
    /// Nil over SQLite.
    let schema: TestSchema?
    private let servers = Mutex<[ServerProcess]>([])

    /// - Parameters:
    ///   - store: of its servers.
    ///   - documents: YAML of their metadata.
    ///   - database: where the schema is made; nil for the one that all tests share.
    /// - Throws: if the folder or the schema cannot be made.
    init(
        _ store: Store,
        _ documents: String = TestFolder.standardDocuments,
        database: PrivatePostgres? = nil
    ) throws {
        folder = try TestFolder(documents)
        otherFolder = try TestFolder(documents)
        schema = store == .postgres ? try (database ?? .shared()).schema("home") : nil
        if schema != nil { try writeSecret(Data(InstallationKey.random()), "installation.key") }
    }

    deinit { for server in servers.withLock({ $0 }) where server.isRunning { server.send(SIGKILL) } }

    /// Writes a file that only its owner can read.
    func writeSecret(_ secret: Data, _ name: String) throws {
        try secret.write(to: URL(filePath: folder.path(name)))
        chmod(folder.path(name), 0o600)
    }

    /// Starts the server, after the one before has ended.
    ///
    /// - Parameters:
    ///   - flags: besides those of the store.
    ///   - logLevel: of its log, which is `server.log` in the folder.
    /// - Returns: the server, ready.
    /// - Throws: `ServerEnded`.
    func start(_ flags: [String] = [], logLevel: String = "warning") async throws -> ServerProcess {
        try await kept(ServerProcess.start(folder, storeFlags + flags, logLevel: logLevel))
    }

    /// Starts a second node of the same store, which must be PostgreSQL.
    func startOther(_ flags: [String] = []) async throws -> ServerProcess {
        try #require(schema != nil)
        return try await kept(ServerProcess.start(otherFolder, storeFlags + ["--node-name", "other"] + flags))
    }

    private func kept(_ server: ServerProcess) -> ServerProcess {
        servers.withLock { $0.append(server) }
        return server
    }

    /// The lease is short, since what a killed server led is led again only once it is over.
    private var storeFlags: [String] {
        guard let schema else { return ["--cluster-lease", "5s"] }
        return [
            "--cluster-lease", "5s", "--store-url", schema.uri, "--content-dir", folder.path("content"),
            "--secrets-key-file", folder.path("installation.key"),
        ]
    }
}
