import Foundation
import PostgresClient
import SchedulerCore
import SchedulerEngine
import Synchronization

/// Real nodes of one cluster: each with a data directory of its own, all with one database, one folder of contents,
/// one key and one metadata directory. Whoever lets go of it kills those that are left.
final class ClusterUnderTest: Sendable {
    /// The shortest there is.
    static let leaseSeconds = 5
    static let lease: Duration = .seconds(leaseSeconds)

    /// Where a node runs, beyond what all nodes have.
    struct Surroundings: Sendable {
        /// Command that starts the node's command.
        var launcher: [String] = []
        var environment: [String: String] = [:]
        var flags: [String] = []
    }

    private struct State: Sendable {
        var running: [String: ServerProcess] = [:]
        /// Those that clients may call.
        var callable: Set<String> = []
        var starts: [String: Int] = [:]
    }

    let folder: TestFolder
    let names: [String]
    let key: InstallationKey
    /// As tests reach the database, password and all.
    let database: PostgresOptions
    private let flags: [String]
    private let surroundings: [String: Surroundings]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - names: of the nodes.
    ///   - database: URI, with password, that leads to the cluster's own schema.
    ///   - documents: metadata of all nodes.
    ///   - flags: of all nodes.
    ///   - leaseSeconds: the shortest lease where its end is what a test waits for.
    ///   - surroundings: by name, of nodes that need some.
    /// - Throws: if the folder cannot be made.
    init(
        names: [String] = ["north", "east", "south"],
        database: String,
        documents: String = ClusterDocuments.text(),
        flags: [String] = [],
        leaseSeconds: Int = ClusterUnderTest.leaseSeconds,
        surroundings: [String: Surroundings] = [:]
    ) throws {
        self.names = names
        self.database = PostgresOptions(uri: database)
        self.surroundings = surroundings
        folder = try TestFolder(documents)
        let bytes = InstallationKey.random()
        guard let key = InstallationKey(bytes: bytes) else { throw ServerEnded(text: "no key") }
        self.key = key
        let (address, password) = try Self.withoutPassword(database)
        try Self.write(Data(bytes), folder.path("key"))
        try Self.write(Data("\(password)\n".utf8), folder.path("password"))
        try Data(ClusterDocuments.quickScript.utf8).write(to: URL(filePath: folder.path("quick.sh")))
        try Data(ClusterDocuments.slowScript.utf8).write(to: URL(filePath: folder.path("slow.sh")))
        _ = FileManager.default.createFile(atPath: folder.path("journal"), contents: nil)
        self.flags =
            [
                "--http-port", "0", "--metadata-directory", folder.path("metadata"), "--content-dir",
                folder.path("content"), "--secrets-key-file", folder.path("key"), "--store-url", address,
                "--store-password-file", folder.path("password"), "--cluster-lease", "\(leaseSeconds)s",
                "--outbound-allow", "127.0.0.0/8", "--process-allow-root", "--log-level", "info",
            ] + flags
    }

    deinit { for server in state.withLock({ $0.running.values }) { server.send(SIGKILL) } }

    private static func withoutPassword(_ uri: String) throws -> (String, String) {
        guard let at = uri.firstIndex(of: "@"), let colon = uri[..<at].lastIndex(of: ":") else {
            throw ServerEnded(text: "the database's address has no password")
        }
        return (String(uri[..<colon]) + String(uri[at...]), String(uri[uri.index(after: colon)..<at]))
    }

    private static func write(_ data: Data, _ path: String) throws {
        try data.write(to: URL(filePath: path))
        chmod(path, 0o600)
    }

    // MARK: - Nodes

    /// Starts a node; its clients call it from now on.
    @discardableResult
    func start(_ name: String) async throws -> ServerProcess {
        let start = state.withLock { state in
            state.starts[name, default: 0] += 1
            return state.starts[name, default: 0]
        }
        let around = surroundings[name] ?? Surroundings()
        let own = ["--node-name", name, "--data-dir", folder.path("data-\(name)")]
        let server = try await ServerProcess.start(
            around.launcher + [Program.executable.path, "serve"] + own + flags + around.flags,
            environment: ["ESCAPEMENT_ADMIN_PASSWORD": ServerProcess.password].merging(around.environment) { $1 },
            messages: folder.path("\(name).\(start).log")
        )
        state.withLock { $0.running[name] = server }
        // Proving a password takes its time; from here on the proof is remembered.
        _ = try await server.call("GET", "\(ServerProcess.requests)?limit=1")
        state.withLock { _ = $0.callable.insert(name) }
        return server
    }

    /// Starts all nodes together.
    func startAll() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names { group.addTask { try await self.start(name) } }
            try await group.waitForAll()
        }
    }

    /// Those that run, frozen ones too.
    var alive: Set<String> { Set(state.withLock { $0.running }.filter { $1.isRunning }.keys) }

    func node(_ name: String) throws -> ServerProcess {
        guard let server = state.withLock({ $0.running[name] }) else { throw ServerEnded(text: "\(name) does not run") }
        return server
    }

    /// A node that clients may call: the one at `index` or, where it must not be that, one of its neighbours.
    func callable(_ index: Int, orNeighbour: Bool = true) -> (name: String, server: ServerProcess)? {
        state.withLock { state in
            for step in 0..<(orNeighbour ? names.count : 1) {
                let name = names[(index + step) % names.count]
                if state.callable.contains(name), let server = state.running[name] { return (name, server) }
            }
            return nil
        }
    }

    func kill(_ name: String) async throws {
        let server = try node(name)
        state.withLock { state in
            state.callable.remove(name)
            state.running[name] = nil
        }
        await server.kill()
    }

    /// Stops a node with SIGTERM.
    ///
    /// - Returns: its exit status.
    func stop(_ name: String) async throws -> Int32 {
        let server = try node(name)
        state.withLock { state in
            state.callable.remove(name)
            state.running[name] = nil
        }
        return await server.stop()
    }

    /// Stops all nodes together.
    ///
    /// - Returns: those that did not end well, with their exit status.
    func stopAll() async throws -> [String: Int32] {
        try await withThrowingTaskGroup(of: (String, Int32).self) { group in
            for name in state.withLock({ Array($0.running.keys) }) {
                group.addTask { (name, try await self.stop(name)) }
            }
            return try await group.reduce(into: [:]) { if $1.1 != 0 { $0[$1.0] = $1.1 } }
        }
    }

    /// Freezes a node as it is; clients call others.
    func freeze(_ name: String) throws {
        let server = try node(name)
        hide(name)
        server.send(SIGSTOP)
    }

    func thaw(_ name: String) throws {
        try node(name).send(SIGCONT)
        show(name)
    }

    /// Clients call this node no more.
    func hide(_ name: String) { state.withLock { _ = $0.callable.remove(name) } }

    func show(_ name: String) { state.withLock { _ = $0.callable.insert(name) } }

    /// What the node has said since it was started last, and before.
    func log(_ name: String) -> String {
        let starts = state.withLock { $0.starts[name, default: 0] }
        return (0..<starts).map { folder.text("\(name).\($0 + 1).log") }.joined()
    }

    // MARK: - Calls

    /// Submits a job.
    ///
    /// - Parameters:
    ///   - definition: its name in the package `test`.
    ///   - arguments: of the job.
    ///   - more: further members of the body, as JSON.
    /// - Returns: the body.
    static func submission(_ definition: String, _ arguments: [String] = [], more: String = "") -> String {
        let parameters = arguments.enumerated().map { number, value in
            "{\"name\":\"submit.argument\(number + 1)\",\"paramType\":\"STRING\",\"value\":\"\(value)\"}"
        }
        let list = parameters.isEmpty ? "" : ",\"requestParameters\":[\(parameters.joined(separator: ","))]"
        return "{\"jobDefinitionId\":\"JobDefinition://test/\(definition)\"\(list)\(more)}"
    }

    func submit(_ definition: String, _ arguments: [String] = [], to name: String) async throws -> Int64 {
        let reply = try await call(name, "POST", "", Self.submission(definition, arguments))
        guard reply.status == 201, let id = reply.integer("id") else { throw ServerEnded(text: reply.body) }
        return id
    }

    /// Calls below `/requests`.
    func call(_ name: String, _ method: String, _ path: String, _ body: String? = nil) async throws
        -> ServerProcess.Reply
    {
        try await node(name).call(
            method,
            ServerProcess.requests + path,
            body,
            client: ChaosSettings.client,
            timeout: ChaosSettings.callTime
        )
    }

    /// Lets a node rest or work again.
    ///
    /// - Parameters:
    ///   - name: of the node.
    ///   - operation: `quiesce` or `resume`.
    ///   - caller: name of the node that is asked to.
    /// - Throws: `ServerEnded` with the answer if it does not.
    func change(_ name: String, _ operation: String, by caller: String) async throws {
        let reply = try await node(caller).call("POST", "/api/v1/nodes/\(name)/\(operation)")
        guard reply.status == 200 else { throw ServerEnded(text: reply.body) }
    }

    /// Submits through a node until that node itself has run something, which proves that it is a member.
    ///
    /// - Returns: how long that took; nil if it did not come to pass.
    func waitForWork(of name: String, within limit: Duration = .seconds(30)) async -> Duration? {
        await Self.wait(limit) {
            guard let id = try? await submit("NoOp", to: name) else { return false }
            var reply = try? await call(name, "GET", "/\(id)?fields=state,processor")
            while let text = reply?.text("state"), RequestState(rawValue: text)?.isTerminal == false {
                reply = try? await call(name, "GET", "/\(id)?fields=state,processor")
            }
            return reply?.text("processor") == name
        }
    }

    // MARK: - Database

    func connect() throws -> PostgresConnection { try PostgresConnection(database) }

    /// Asks again and again until `isWanted`.
    ///
    /// - Returns: how long that took; nil if it did not come to pass.
    static func wait(
        _ limit: Duration = .seconds(60),
        until isWanted: () async throws -> Bool
    ) async rethrows -> Duration? {
        let watch = Stopwatch()
        while !(try await isWanted()) {
            guard watch.elapsed < limit else { return nil }
            try? await SystemPause.milliseconds(20)
        }
        return watch.elapsed
    }
}
