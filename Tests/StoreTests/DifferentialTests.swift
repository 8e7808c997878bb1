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
            var life = RandomLife(seed: seed)
            let test = Stores.test(store, time)
            let summary = try await StoreComparison.run(model, test, life: &life, steps: Self.steps)
            // A life in which little happened proves little.
            #expect(summary.states.count >= 12)
            #expect(summary.refusals.count >= 8)
            #expect(summary.started > 50)
            #expect(summary.listed > 50)
            #expect(try await store.integrityProblems().isEmpty)
        }
    }

    @Test("They agree on a life in which the store is closed and opened again", arguments: [11, 12] as [UInt64])
    func agreeAfterReopening(_ seed: UInt64) async throws {
        let time = ManualTime()
        let folder = try TemporaryFolder()
        let memory = MemoryStore(time: time)
        let model = Stores.test(memory, time)
        var life = RandomLife(seed: seed)
        for _ in 0..<5 {
            // What a restart does not keep.
            memory.change(settings: .init())
            let store = try await SQLiteStore.open(path: folder.database, time: time)
            let test = Stores.test(store, time)
            #expect(await store.now() == memory.now())
            try await StoreComparison.run(model, test, life: &life, steps: Self.steps / 5)
            await store.close()
            time.jumpWallClock(by: .seconds(-60))
        }
    }
}
