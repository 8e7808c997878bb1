import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

@Suite("Dispatch by work assignments")
struct DispatchWorkTests {
    private let bench: EngineBench

    init() async throws {
        bench = try EngineBench()
        try await bench.enter()
    }

    private static func id(_ kind: MetadataKind, _ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/acme/ops", name: name)
    }

    private func putInForce(product: String? = nil, threads: Int64, at begin: Timestamp? = nil) throws {
        var contents: [MetadataContent] = [
            .workAssignment(
                WorkAssignment(
                    id: Self.id(.workAssignment, "Ledger"),
                    specialization: try product.map { try Specialization(parsing: "PRODUCT eq \"\($0)\"") },
                    workshifts: [Self.id(.workshift, "Shift")],
                    bindings: [WorkBinding(node: "*")]
                )
            )
        ]
        var shift = Workshift(id: Self.id(.workshift, "Shift"), allocation: threads)
        if let begin {
            shift.schedule = Self.id(.schedule, "Begin")
            shift.duration = 60
            contents.append(.schedule(StoredSchedule(id: Self.id(.schedule, "Begin"), inclusions: [begin])))
        }
        contents.append(.workshift(shift))
        bench.memory.change(catalogue: Catalogue(contents.map { MetadataObject($0, origin: .directory) }))
    }

    private var launched: [Int64] { bench.launcher.attempts.map(\.claimed.request.id.value) }

    @Test("Nothing starts before the shift, the loop wakes when it begins, and its end stops nothing")
    func shift() async throws {
        let begin = Timestamp(wholeSeconds: bench.time.now().wholeSeconds + 10)
        try putInForce(threads: 5, at: begin)
        try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        let pause = begin - bench.time.now()
        // What was met is left out from the second pass on.
        #expect(try await loop.runOnce() == .after(pause))
        #expect(launched.isEmpty && bench.states() == [.wait])
        bench.time.advance(by: pause)
        #expect(try await loop.runOnce() == .now)
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        #expect(launched == [1])
        bench.time.advance(by: .seconds(3600))
        try await bench.enter()
        try await bench.submit()
        _ = try await loop.runOnce()
        #expect(launched == [1] && bench.states() == [.running, .wait])
    }

    @Test("I55: threads in use are those of what the node runs, whatever was started before it began")
    func use() async throws {
        try putInForce(threads: 2)
        for _ in 0..<4 { try await bench.submit() }
        let loop = bench.dispatch(threads: 5)
        _ = try await loop.runOnce()
        #expect(launched == [1, 2])
        _ = try await loop.runOnce()
        #expect(launched == [1, 2])
        #expect(bench.script.claims.last?.inUse == [Self.id(.workAssignment, "Ledger"): 2])
        let first = bench.launcher.attempts[0]
        try await bench.perform(.executableEnded(.success), on: first.claimed.request.id, epoch: first.epoch)
        bench.launcher.remove(first.epoch)
        _ = try await loop.runOnce()
        #expect(launched == [2, 3])
    }

    @Test("Changed metadata act at the next pass: what the old plan passed over is asked for at once")
    func change() async throws {
        try putInForce(product: "GL", threads: 5)
        try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        _ = try await loop.runOnce()
        #expect(launched.isEmpty)
        _ = try await loop.runOnce()
        #expect(bench.script.claims.last?.without.count == 1)
        try putInForce(threads: 5)
        #expect(try await loop.runOnce() == .now)
        _ = try await loop.runOnce()
        #expect(launched == [1])
        #expect(bench.script.claims.last?.without.isEmpty == true)
    }

    @Test("What starves is warned about once and starts first; it is not looked for before something can starve")
    func starving() async throws {
        try await bench.submit(StoreSamples.submission(priority: 0))
        _ = try await bench.dispatch(threads: 0).runOnce()
        let loop = bench.dispatch(threads: 0, looksForStarving: true)
        _ = try await loop.runOnce()
        bench.time.advance(by: .seconds(3600))
        try await bench.enter()
        try await bench.submit(StoreSamples.submission(priority: 9))
        let from = try #require(bench.script.claims.last?.starvesFrom)
        _ = try await loop.runOnce()
        _ = try await loop.runOnce()
        #expect(from == Timestamp(milliseconds: .min))
        #expect(bench.script.claims.last?.starvesFrom == bench.time.now())
        #expect(bench.log.lines.count { $0.contains("Requests are starving") } == 1)
    }
}
