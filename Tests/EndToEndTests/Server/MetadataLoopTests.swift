import Foundation
import Logging
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Synchronization
import Testing

@testable import escapement

@Suite("Metadata of several nodes")
struct MetadataLoopTests {
    private let store = MemoryStore(time: ManualTime())
    private let sealer: SecretSealer

    init() throws { sealer = try #require(InstallationKey(bytes: InstallationKey.random())).sealer }

    @Test("The leader applies its directory once, another node takes the store's objects over")
    func roles() async throws {
        let leader = try node(["A"])
        let follower = try node(["A"], leads: false)
        for each in [leader, follower] { try await each.loop.prepare() }
        #expect(!follower.knows("A"))
        try await leader.pass()
        try await leader.pass()
        try await follower.pass()
        #expect(leader.knows("A"))
        #expect(follower.knows("A"))
        #expect(try await store.metadataRevision() == 1)
        #expect(follower.warnings.isEmpty)
    }

    @Test("A node that becomes the leader applies its directory, in place of what the former leader had applied")
    func change() async throws {
        let former = try node(["A", "B"])
        try await former.loop.prepare()
        try await former.pass()
        let next = try node(["A"], leads: false, name: "Changed")
        try await next.loop.prepare()
        try await next.pass()
        #expect(try await store.metadata().allSatisfy { !$0.document.contains("Changed") })
        next.standing.leads.withLock { $0 = true }
        try await next.pass()
        let stored = try await store.metadata()
        #expect(stored.filter { $0.document.contains("Changed") }.map(\.id) == ["JobDefinition://test/A"])
        // What left the directory stays.
        #expect(stored.count == 2)
    }

    @Test("A node that does not lead warns of a lasting difference, once")
    func drift() async throws {
        let leader = try node(["A", "B"])
        let follower = try node(["B", "C"], leads: false, name: "Other")
        for each in [leader, follower] { try await each.loop.prepare() }
        try await follower.pass()
        // The leader may be about to apply.
        #expect(follower.warnings.isEmpty)
        try await leader.pass()
        for _ in 0..<4 { try await follower.pass() }
        #expect(follower.warnings.count == 1)
        for id in ["A", "B", "C"] {
            #expect(follower.warnings.joined().contains("JobDefinition://test/\(id)"))
        }
        #expect(leader.warnings.isEmpty)
    }

    @Test("seed creates what is missing and leaves the rest to its users")
    func seed() async throws {
        let id = "JobDefinition://test/A"
        let first = try node(["A"], mode: "seed")
        try await first.loop.prepare()
        try await first.pass()
        #expect(try await store.metadata().map(\.origin) == ["API"])
        let document = try #require(try await store.metadata().first?.document)
        _ = try await store.putMetadata(
            id: id,
            origin: "API",
            document: document.replacingOccurrences(of: "first", with: "edited"),
            unlessPresent: false
        )
        let second = try node(["A", "B"], mode: "seed")
        try await second.loop.prepare()
        try await second.pass()
        let stored = try await store.metadata()
        #expect(stored.map(\.id) == [id, "JobDefinition://test/B"])
        #expect(stored.first?.document.contains("edited") == true)
        let follower = try node(["A", "B"], mode: "seed", leads: false)
        try await follower.loop.prepare()
        for _ in 0..<3 { try await follower.pass() }
        #expect(follower.warnings.isEmpty)
    }

    @Test("check applies nothing and reports at once")
    func check() async throws {
        let node = try node(["A"], mode: "check")
        try await node.loop.prepare()
        try await node.loop.start(time: ManualTime())
        try await node.pass()
        #expect(try await store.metadata().isEmpty)
        #expect(node.warnings.count == 1)
        #expect(node.warnings.joined().contains("JobDefinition://test/A"))
    }

    @Test("A17: an invalid directory keeps a node from starting; at a reload the old state stays")
    func invalid() async throws {
        let node = try node(["A"])
        try await node.loop.prepare()
        try await node.pass()
        try node.write(["A", "B"], jobType: "JobType://test/Missing")
        node.loop.reload()
        try await node.pass()
        #expect(node.keeper.lines.contains { $0.contains("Metadata not reloaded") })
        #expect(node.knows("A"))
        #expect(!node.knows("B"))
        try node.write(["A", "B"])
        node.loop.reload()
        try await node.pass()
        #expect(node.knows("B"))
        for leads in [true, false] {
            let late = try self.node(["A"], leads: leads)
            try late.write(["A"], jobType: "JobType://test/Missing")
            await #expect(throws: (any Error).self) { try await late.loop.prepare() }
        }
    }

    @Test("A reload that the store's absence cut short is done at the next pass")
    func lateReload() async throws {
        let node = try node(["A"])
        try await node.loop.prepare()
        try await node.pass()
        try node.write(["A", "B"])
        node.standing.fails.withLock { $0 = true }
        node.loop.reload()
        await #expect(throws: StoreFault.self) { try await node.pass() }
        node.standing.fails.withLock { $0 = false }
        try await node.pass()
        #expect(node.knows("B"))
    }

    @Test("Of nodes that create the first user at once one tells its password, and it is the right one")
    func bootstrap() async throws {
        let secrets = MetadataSecrets(sealer: sealer)
        let folder = try TestFolder()
        let keeper = LogKeeper()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                let admin = AdminBootstrap(
                    store: store,
                    secrets: secrets,
                    passwordMinLength: 12,
                    logger: keeper.logger
                )
                group.addTask { try await admin.ensure(password: nil, file: folder.path("password\(number)")) }
            }
            try await group.waitForAll()
        }
        let told = (0..<4).filter { !folder.text("password\($0)").isEmpty }
        #expect(told.count == 1)
        #expect((0..<4).allSatisfy { folder.text("password\($0).new").isEmpty })
        #expect(try await store.metadata().count == 1)

        // A start that died before it told the password: the next one tells it, if it is the right one.
        let name = "password\(try #require(told.first))"
        let password = folder.text(name)
        try FileManager.default.moveItem(atPath: folder.path(name), toPath: folder.path("late.new"))
        try "wrong\n".write(toFile: folder.path("wrong.new"), atomically: true, encoding: .utf8)
        let admin = AdminBootstrap(store: store, secrets: secrets, passwordMinLength: 12, logger: keeper.logger)
        for file in ["late", "wrong"] { try await admin.ensure(password: nil, file: folder.path(file)) }
        #expect(folder.text("late") == password)
        #expect(folder.text("wrong").isEmpty)
        #expect(folder.text("wrong.new").isEmpty)
    }

    // MARK: - Steps

    private func node(
        _ names: [String],
        mode: String = "enforce",
        leads: Bool = true,
        name: String = "first"
    ) throws -> MetadataNode {
        try MetadataNode(store, sealer, names, mode: mode, leads: leads, name: name)
    }
}

/// Whether a node leads, and whether the store tells it.
private final class Standing: Sendable {
    let leads: Mutex<Bool>
    let fails = Mutex(false)

    init(leads: Bool) { self.leads = Mutex(leads) }

    func ask() throws -> Bool {
        if fails.withLock({ $0 }) { throw StoreFault("away", kind: .unavailable) }
        return leads.withLock { $0 }
    }
}

/// A node with a metadata directory of its own.
private struct MetadataNode {
    let loop: MetadataLoop
    let standing: Standing
    let keeper = LogKeeper()
    private let catalogue = CatalogueHolder()
    private let folder: TestFolder
    private let displayName: String

    init(
        _ store: MemoryStore,
        _ sealer: SecretSealer,
        _ names: [String],
        mode: String,
        leads: Bool,
        name: String
    ) throws {
        folder = try TestFolder("")
        displayName = name
        let standing = Standing(leads: leads)
        self.standing = standing
        let configuration = try TestMachine()
            .load(["--metadata-directory", folder.path("metadata"), "--metadata-mode", mode])
        loop = MetadataLoop(
            loader: MetadataLoader(
                source: MetadataSource(
                    store: store,
                    secrets: MetadataSecrets(sealer: sealer),
                    catalogue: catalogue
                ),
                configuration: configuration.metadata,
                logger: keeper.logger
            ),
            leads: { try standing.ask() },
            pause: .seconds(10),
            wake: WakeSignal(),
            logger: keeper.logger
        )
        try write(names)
    }

    var warnings: [String] { keeper.lines.filter { $0.hasPrefix("warning") } }

    func pass() async throws { #expect(try await loop.runOnce() == .after(.seconds(10))) }

    func knows(_ name: String) -> Bool {
        let id = MetadataObjectID(kind: .jobDefinition, package: "/test", name: name)
        return catalogue.current[id] != nil
    }

    func write(_ names: [String], jobType: String = "JobType://escapement/core/SwiftJobType") throws {
        let documents = names.map { name in
            """
            kind: JobDefinition
            package: /test
            name: \(name)
            displayName: \(displayName)
            jobType: \(jobType)
            parameters: [{name: SYS_className, value: NoOp}]
            """
        }
        try documents.joined(separator: "\n---\n")
            .write(toFile: folder.path("metadata/test.yaml"), atomically: true, encoding: .utf8)
    }
}
