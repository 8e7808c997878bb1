import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

@Suite("Nodes shown, quiesced and resumed")
struct NodeServiceTests {
    private static let cluster = "Zürich"

    private let bench: EngineBench
    private let service: NodeService

    private let watcher = NodeServiceTests.caller("mona", roles: ["ESSMonitor"])
    private let worker = NodeServiceTests.caller("wera", roles: ["Worker"])
    private let nobody = NodeServiceTests.caller("nina")

    init() throws {
        bench = try EngineBench()
        let role = MetadataObject(.role(Role(name: "Worker", privileges: [.work])), origin: .directory)
        let access = RequestAccess(store: bench.store, catalogue: CatalogueHolder(Catalogue([role])))
        service = NodeService(
            clusterName: Self.cluster,
            store: bench.store,
            access: access,
            signals: bench.signals,
            denials: DenialRecorder(store: bench.store, logger: bench.log.logger)
        )
    }

    private static func caller(_ name: String, roles: Set<String> = []) -> Caller {
        Caller(principal: Principal(userName: name, roles: roles), authMethod: "basic", clientAddress: "192.0.2.1")
    }

    private func join(_ name: String, lease: Duration = EngineBench.lease) async throws {
        let record = NodeRecord(id: NodeID("id of \(name)"), name: name, process: bench.node.process)
        #expect(try await bench.memory.join(record, lease: lease, over: nil) == .joined)
    }

    private var audit: [AuditRecord] { bench.memory.snapshot.audit }

    @Test("A resume wakes this node's dispatch, a quiesce does not")
    func signals() async throws {
        try await join("a")
        let quiesced = try await service.perform(.quiesce, onNode: "a", caller: worker)
        #expect(quiesced.quiesceState == .quiesced)
        _ = try await service.perform(.quiesce, onCluster: Self.cluster, caller: worker)
        #expect(await !bench.signals.dispatch.takeSignal())
        _ = try await service.perform(.resume, onNode: "a", caller: worker)
        #expect(await bench.signals.dispatch.takeSignal())
        _ = try await service.perform(.resume, onCluster: Self.cluster, caller: worker)
        #expect(await bench.signals.dispatch.takeSignal())
    }

    @Test("A23 a quiesced node claims nothing, a resumed one what is due, and no call fails meanwhile")
    func claims() async throws {
        _ = try await bench.membership.join()
        _ = try await service.perform(.quiesce, onNode: bench.node.name, caller: worker)
        let id = try await bench.submit()
        _ = try await bench.dispatch(threads: 1).runOnce()
        #expect(try bench.stored(id).state == .wait)
        _ = try await service.perform(.resume, onNode: bench.node.name, caller: worker)
        _ = try await bench.dispatch(threads: 1).runOnce()
        #expect(try bench.stored(id).state == .running)
        let busy = try await service.perform(.quiesce, onNode: bench.node.name, caller: worker)
        #expect(busy.quiesceState == .quiescing)
        #expect(busy.running == 1)
    }

    @Test("A resumed node still rests while its cluster does, and the other way round")
    func both() async throws {
        try await join("a")
        _ = try await service.perform(.quiesce, onNode: "a", caller: worker)
        _ = try await service.perform(.quiesce, onCluster: Self.cluster, caller: worker)
        let resumed = try await service.perform(.resume, onNode: "a", caller: worker)
        #expect(!resumed.isQuiesced)
        #expect(resumed.isClusterQuiesced)
        #expect(resumed.quiesceState == .quiesced)
        _ = try await service.perform(.quiesce, onNode: "a", caller: worker)
        let all = try await service.perform(.resume, onCluster: Self.cluster, caller: worker)
        #expect(all.map(\.isClusterQuiesced) == [false])
        #expect(all.map(\.quiesceState) == [.quiesced])
    }

    @Test("A node that is gone can be resumed; then its name is forgotten")
    func remembered() async throws {
        try await join("a")
        _ = try await service.perform(.quiesce, onNode: "a", caller: worker)
        try await bench.memory.leave(NodeID("id of a"))
        let kept = try await service.node("a", caller: watcher)
        #expect(kept.state == .stopped)
        #expect(kept.isQuiesced)
        let resumed = try await service.perform(.resume, onNode: "a", caller: worker)
        #expect(resumed.name == "a")
        #expect(resumed.state == .stopped)
        #expect(!resumed.isQuiesced)
        await #expect(throws: SchedulerError(3007, "a")) { try await service.node("a", caller: watcher) }
        await #expect(throws: SchedulerError(3007, "a")) {
            try await service.perform(.resume, onNode: "a", caller: worker)
        }
    }

    @Test("Servers are the living nodes and those kept quiesced; a lost one is none")
    func servers() async throws {
        try await join("alive")
        for name in ["lost", "resting"] { try await join(name, lease: .seconds(1)) }
        _ = try await service.perform(.quiesce, onNode: "resting", caller: worker)
        bench.time.advance(by: .seconds(1))
        #expect(try await service.nodes(caller: watcher).map(\.name) == ["alive", "lost", "resting"])
        let servers = try await service.servers(ofCluster: Self.cluster, named: nil, caller: watcher)
        #expect(servers.map(\.name) == ["alive", "resting"])
        #expect(servers.map(\.quiesceState) == [.running, .quiesced])
        #expect(
            try await service.servers(ofCluster: Self.cluster, named: "resting", caller: watcher).map(\.name)
                == ["resting"]
        )
        await #expect(throws: SchedulerError(3007, "lost")) {
            try await service.servers(ofCluster: Self.cluster, named: "lost", caller: watcher)
        }
    }

    @Test("Names are other names if a byte differs, and long ones are cut where they are told")
    func names() async throws {
        try await join("B\u{FC}ro")
        _ = try await service.node("B\u{FC}ro", caller: watcher)
        await #expect(throws: SchedulerError.self) { try await service.node("Bu\u{308}ro", caller: watcher) }
        await #expect(throws: SchedulerError.self) {
            try await service.perform(.quiesce, onNode: "Bu\u{308}ro", caller: worker)
        }
        await #expect(throws: SchedulerError.self) {
            try await service.perform(.quiesce, onCluster: "Zu\u{308}rich", caller: worker)
        }
        // The empty name would be the cluster's in stores.
        await #expect(throws: SchedulerError(3007, "")) {
            try await service.perform(.quiesce, onNode: "", caller: worker)
        }
        #expect(bench.memory.snapshot.quiesced.isEmpty)
        let long = String(repeating: "x", count: 1000)
        let cut = String(repeating: "x", count: NodeService.quotedCharacters)
        await #expect(throws: SchedulerError(3007, cut)) { try await service.node(long, caller: watcher) }
        await #expect(throws: SchedulerError.self) {
            try await service.perform(.quiesce, onNode: long, caller: nobody)
        }
        #expect(audit.map(\.targetID) == [cut])
    }

    @Test("Looking needs MONITOR or WORK, changing needs WORK; the right is asked for before names")
    func rights() async throws {
        try await join("a")
        for caller in [watcher, worker] {
            _ = try await service.nodes(caller: caller)
            _ = try await service.node("a", caller: caller)
            _ = try await service.servers(ofCluster: Self.cluster, named: nil, caller: caller)
        }
        let monitor = SchedulerError(31002, "nina", "ESCAPEMENT_MONITOR")
        await #expect(throws: monitor) { try await service.nodes(caller: nobody) }
        await #expect(throws: monitor) { try await service.node("x", caller: nobody) }
        await #expect(throws: SchedulerError(2006, "nina")) {
            try await service.servers(ofCluster: "x", named: "x", caller: nobody)
        }
        #expect(audit.isEmpty)
        let work = SchedulerError(31002, "mona", "ESCAPEMENT_WORK")
        await #expect(throws: work) { try await service.perform(.quiesce, onNode: "x", caller: watcher) }
        await #expect(throws: work) { try await service.perform(.resume, onCluster: "x", caller: watcher) }
        #expect(bench.memory.snapshot.quiesced.isEmpty)
        #expect(audit.map(\.outcome) == [.denied, .denied])
        #expect(audit.map(\.errorCode) == [31002, 31002])
        #expect(audit.map(\.targetKind) == ["Node", "Cluster"])
        #expect(audit.map(\.targetID) == ["x", "*"])
        #expect(audit.map(\.entry) == [watcher.audit("quiesce"), watcher.audit("resume")])
    }

    @Test("A44 each change leaves one record with who, what and where from")
    func records() async throws {
        try await join("a")
        _ = try await service.perform(.quiesce, onNode: "a", caller: worker)
        _ = try await service.perform(.quiesce, onCluster: Self.cluster, caller: worker)
        for _ in 0..<2 { _ = try await service.perform(.resume, onCluster: Self.cluster, caller: worker) }
        #expect(audit.map(\.outcome) == [.ok, .ok, .ok])
        #expect(audit.map(\.entry) == ["quiesce", "quiesce", "resume"].map { worker.audit($0) })
        #expect(audit.map(\.targetKind) == ["Node", "Cluster", "Cluster"])
        #expect(audit.map(\.targetID) == ["a", "*", "*"])
    }

    @Test("A change that the store refuses changes, records and wakes nothing")
    func failure() async throws {
        try await join("a")
        _ = try await service.perform(.quiesce, onNode: "a", caller: worker)
        let before = bench.memory.snapshot
        bench.store.fail(.beforeCommit)
        await #expect(throws: StoreFault.self) { try await service.perform(.resume, onNode: "a", caller: worker) }
        #expect(bench.memory.snapshot == before)
        #expect(await !bench.signals.dispatch.takeSignal())
    }
}
