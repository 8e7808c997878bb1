import SchedulerCore
import SchedulerTesting
import Testing

/// Everything that can meet a forceCancel, in every order, with a fault of the store at every write.
struct ForceCancelRaceTests {
    struct Race: Sendable, CustomTestStringConvertible {
        let start: RaceStart
        let report: ReportStatus
        var testDescription: String { "\(start.rawValue), \(report.rawValue)" }
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
        try await exhaust(race) { time, settings in MemoryStore(time: time, settings: settings) }
    }

    /// Runs the orders of the race's actions, each without a fault and with one at every write, before its commit
    /// and after it. The two forced cancels are alike, so A comes before B. A store that is too slow for all orders
    /// takes a `stride`.
    private func exhaust<Store: RequestStore & ClusterStore>(
        _ race: Race,
        stride: Int = 1,
        makeStore: (ManualTime, RequestMachine.Settings) async throws -> Store
    ) async throws {
        var courses = 0
        let orders = race.start.actions.permutations().filter { order in
            guard let second = order.firstIndex(of: .forceCancelB) else { return true }
            return order[..<second].contains(.forceCancelA)
        }
        for order in Swift.stride(from: 0, to: orders.count, by: stride).map({ orders[$0] }) {
            let plan = ForceCancelRace<Store>.Plan(start: race.start, report: race.report, order: order)
            let writes = try await run(plan, makeStore)
            courses += 1
            for write in 0..<writes {
                for fault in FaultyStore<Store>.Fault.allCases {
                    var plan = plan
                    plan.faultyWrite = write
                    plan.fault = fault
                    _ = try await run(plan, makeStore)
                    courses += 1
                }
            }
        }
        print("force-cancel race \(race.testDescription): \(courses) courses")
    }

    private func run<Store: RequestStore & ClusterStore>(
        _ plan: ForceCancelRace<Store>.Plan,
        _ makeStore: (ManualTime, RequestMachine.Settings) async throws -> Store
    ) async throws -> Int {
        var race = try await ForceCancelRace(plan, makeStore: makeStore)
        let (writes, violations) = try await race.run()
        #expect(violations.isEmpty)
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
