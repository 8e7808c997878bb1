import SchedulerCore
import SchedulerTesting
import StoreSQLite
import Testing

/// The model and the SQLite store lead the same random lives and must agree on every answer and in the end.
@Suite("Random lives", .timeLimit(.minutes(10)))
struct DifferentialTests {
    private static let steps = 1500

    @Test("Memory and SQLite agree", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func agree(_ seed: UInt64) async throws {
        let time = ManualTime()
        let folder = try TemporaryFolder()
        let model = Stores.test(MemoryStore(time: time), time)
        try await Stores.withStore(in: folder, time: time) { store in
            let summary = try await StoreComparison.run(
                model,
                Stores.test(store, time),
                seed: seed,
                steps: Self.steps
            )
            // A life in which little happened proves little.
            #expect(summary.states.count >= 12)
            #expect(summary.refusals.count >= 8)
            #expect(summary.started > 50)
            #expect(summary.listed > 50)
            #expect(try await store.integrityProblems().isEmpty)
        }
    }

    @Test("They agree after the store was closed and opened again", arguments: [11, 12] as [UInt64])
    func agreeAfterReopening(_ seed: UInt64) async throws {
        let time = ManualTime()
        let folder = try TemporaryFolder()
        let memory = MemoryStore(time: time)
        let model = Stores.test(memory, time)
        try await Stores.withStore(in: folder, time: time) { store in
            try await StoreComparison.run(model, Stores.test(store, time), seed: seed, steps: Self.steps)
        }
        time.jumpWallClock(by: .seconds(-600))
        memory.change(settings: .init())
        try await Stores.withStore(in: folder, time: time) { store in
            try await StoreComparison.compareContent(memory, store, seed: seed)
            #expect(await store.now() == memory.now())
            // Numbers, epochs and labels go on where they stood.
            try await StoreComparison.run(model, Stores.test(store, time), seed: seed + 100, steps: 400)
        }
    }
}
