import Foundation
import SchedulerCore
import SchedulerTesting
import StoreSQLite
import Testing

/// Everything that can meet a forceCancel, in every order, with a fault of the store at every write.
struct ForceCancelRaceTests {
    struct Race: Sendable, CustomTestStringConvertible {
        let start: RaceStart
        let report: ReportStatus
        var testDescription: String { "\(start.rawValue), \(report.rawValue)" }
        var settings: RequestMachine.Settings { .init(forceCancelAfter: start.forceCancelAfter) }
    }

    static let races: [Race] = RaceStart.allCases.flatMap { start in
        [ReportStatus.success, .error, .cancel].map { Race(start: start, report: $0) }
    }

    @Test(
        "C72, C73, C75, C78, C80, I8, I16 to I21: whoever comes first wins, on the memory store",
        .timeLimit(.minutes(10)),
        arguments: races
    )
    func memory(_ race: Race) async throws {
        // Its content is copied by every write: a fresh one for each course is the fastest.
        try await exhaust(race) {
            let time = ManualTime()
            return (MemoryStore(time: time, settings: race.settings), time)
        }
    }

    @Test(
        "C72, C73, C75, C78, C80, I8, I16 to I21: whoever comes first wins, on the SQLite store",
        .timeLimit(.minutes(10)),
        arguments: races
    )
    func sqlite(_ race: Race) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "race-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let time = ManualTime()
        let path = folder.appending(path: "race.db").path(percentEncoded: false)
        let store = try await SQLiteStore.open(path: path, time: time, settings: race.settings)
        try await exhaust(race, stride: 41) { (store, time) }
        await store.close()
    }

    /// Runs the orders of the race's actions, each without a fault and with one at every write, before its commit
    /// and after it. The two forced cancels are alike, so A comes before B. A store that is too slow for all orders
    /// takes a `stride`.
    private func exhaust<Store: RequestStore & ClusterStore>(
        _ race: Race,
        stride: Int = 1,
        makeStore: () throws -> (Store, ManualTime)
    ) async throws {
        var courses = 0
        let nodes = RaceNodes()
        let orders = race.start.actions.permutations().filter { order in
            guard let second = order.firstIndex(of: .forceCancelB) else { return true }
            return order[..<second].contains(.forceCancelA)
        }
        for order in Swift.stride(from: 0, to: orders.count, by: stride).map({ orders[$0] }) {
            var plan = ForceCancelRace<Store>.Plan(start: race.start, report: race.report, order: order)
            let writes = try await run(plan, on: try makeStore(), nodes)
            courses += 1
            for write in 0..<writes {
                for fault in FaultyStore<Store>.Fault.allCases {
                    plan.faultyWrite = write
                    plan.fault = fault
                    _ = try await run(plan, on: try makeStore(), nodes)
                    courses += 1
                }
            }
        }
        print("force-cancel race, \(Store.self), \(race.testDescription): \(courses) courses")
    }

    private func run<Store: RequestStore & ClusterStore>(
        _ plan: ForceCancelRace<Store>.Plan,
        on store: (Store, ManualTime),
        _ nodes: RaceNodes
    ) async throws -> Int {
        var race = ForceCancelRace(plan, on: store.0, time: store.1, nodes: nodes)
        let (writes, violations) = try await race.run()
        try #require(violations.isEmpty)
        return writes
    }
}

extension Array {
    /// All orders of the elements.
    fileprivate func permutations() -> [[Element]] {
        guard count > 1 else { return [self] }
        return indices.flatMap { index in
            var rest = self
            let first = rest.remove(at: index)
            return rest.permutations().map { [first] + $0 }
        }
    }
}
