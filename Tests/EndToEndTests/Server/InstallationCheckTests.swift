import Foundation
import Logging
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

@testable import escapement

@Suite("What nodes of an installation share")
struct InstallationCheckTests {
    private let folder: TestFolder
    private let store = MemoryStore(time: ManualTime())
    private let keeper = LogKeeper()

    init() throws {
        folder = try TestFolder()
        for name in ["shared", "own"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        }
    }

    @Test("The key of the first node is the key of all; what is stored does not tell it")
    func keys() async throws {
        let bytes = InstallationKey.random()
        let key = try #require(InstallationKey(bytes: bytes))
        try await check("a").checkKey(key, file: "/a")
        try await check("b").checkKey(try #require(InstallationKey(bytes: bytes)), file: "/b")
        let stranger = try #require(InstallationKey(bytes: InstallationKey.random()))
        let failure = await #expect(throws: ServerFailure.self) {
            try await check("c").checkKey(stranger, file: "/keys/c")
        }
        #expect(failure?.description.contains("/keys/c") == true)
        let stored = try await store.establish(.keyFingerprint, "")
        #expect(stored.count == 32)
        #expect(!bytes.map { String($0, radix: 16) }.joined().contains(stored.prefix(8)))
    }

    @Test("Nodes that start together in one folder agree on its mark")
    func together() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<16 {
                group.addTask { try await check("node\(number)").checkContent(folder.path("shared")) }
            }
            try await group.waitForAll()
        }
        #expect(keeper.lines.isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("shared"))
        #expect(names == [InstallationCheck.markerName])
        try await check("later").checkContent(folder.path("shared"))
        #expect(keeper.lines.isEmpty)
    }

    @Test("A node with a folder of its own is warned, at each start, and does not mark it")
    func ownFolder() async throws {
        try await check("a").checkContent(folder.path("shared"))
        for _ in 0..<2 { try await check("b").checkContent(folder.path("own")) }
        #expect(keeper.lines.count == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("own")).isEmpty)
    }

    @Test("A folder of another installation is refused and left alone")
    func foreignFolder() async throws {
        try await check("a").checkContent(folder.path("shared"))
        let mark = folder.text("shared/\(InstallationCheck.markerName)")
        let foreign = InstallationCheck(
            store: MemoryStore(time: ManualTime()),
            node: NodeID("x"),
            logger: keeper.logger
        )
        await #expect(throws: ServerFailure.self) { try await foreign.checkContent(folder.path("shared")) }
        #expect(folder.text("shared/\(InstallationCheck.markerName)") == mark)
    }

    @Test("A start that died after it had marked the folder does no harm")
    func halfMarked() async throws {
        let installation = try await store.establish(.identity, "installation")
        try "\(installation)\nfolder\n"
            .write(toFile: folder.path("shared/\(InstallationCheck.markerName)"), atomically: true, encoding: .utf8)
        for node in ["a", "b"] { try await check(node).checkContent(folder.path("shared")) }
        #expect(keeper.lines.isEmpty)
    }

    private func check(_ node: String) -> InstallationCheck {
        InstallationCheck(store: store, node: NodeID(node), logger: keeper.logger)
    }
}
