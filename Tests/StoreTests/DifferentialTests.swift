import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreSQLite
import StoreSupport
import StoreTesting
import Testing

/// The model and each store lead the same random lives and must agree on every answer and in the end.
@Suite("Random lives", .timeLimit(.minutes(10)))
struct DifferentialTests {
    private static let steps = 1500
    /// Fewer: each is a round trip with an fsync.
    private static let stepsOnPostgres = 900

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
            // Where requests exclude each other, less runs.
            #expect(summary.started > (seed % 2 == 0 ? 15 : 50))
            #expect((summary.assigned > 10) == (seed % 3 == 0))
            #expect(summary.listed > 50)
            #expect(try await store.integrityProblems().isEmpty)
        }
    }

    /// Without work assignments: what a pass leaves aside has drawn an epoch on PostgreSQL, so that numbers differ.
    @Test("Memory and PostgreSQL agree", arguments: [20, 22, 23, 26] as [UInt64])
    func agreeOnPostgres(_ seed: UInt64) async throws {
        let time = ManualTime()
        let model = Stores.test(MemoryStore(time: time), time)
        try await Stores.withPostgres(time: time) { store in
            var life = RandomLife(seed: seed)
            let summary = try await StoreComparison.run(
                model,
                Stores.test(store, time),
                life: &life,
                steps: Self.stepsOnPostgres
            )
            // Fewer steps see less.
            #expect(summary.states.count >= 10)
            #expect(summary.refusals.count >= 8)
            #expect(summary.started > (seed % 2 == 0 ? 10 : 30))
            #expect(summary.listed > 30)
            #expect(store.statistics.undone == 0)
        }
    }

    @Test("They agree on a life in which node after node serves one schema", arguments: [31, 32] as [UInt64])
    func agreeOverNodes(_ seed: UInt64) async throws {
        let time = ManualTime()
        let schema = try PrivatePostgres.shared().schema()
        let memory = MemoryStore(time: time)
        let model = Stores.test(memory, time)
        var life = RandomLife(seed: seed)
        for _ in 0..<3 {
            // What a node does not hand on.
            memory.change(settings: .init())
            try await Stores.withPostgres(in: schema, time: time) { store in
                let test = Stores.test(store, time)
                try await StoreComparison.run(model, test, life: &life, steps: Self.stepsOnPostgres / 3)
                // Only what was written is handed on: a time that was but asked for is not.
                _ = try await StoreStep.append(Self.record(time.now())).run(on: model)
                _ = try await StoreStep.append(Self.record(time.now())).run(on: test)
            }
            time.jumpWallClock(by: .seconds(-60))
        }
    }

    private static func record(_ time: Timestamp) -> AuditRecord {
        AuditRecord(
            time: time,
            entry: .system("end"),
            targetKind: "Node",
            targetID: "1",
            outcome: .ok
        )
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
