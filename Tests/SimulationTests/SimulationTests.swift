import Foundation
import SchedulerCore
import SchedulerTesting
import Testing

/// Runs of the simulator: fixed seeds, then as many random ones as fit into the time.
struct SimulationTests {
    /// Runs whose seeds never change.
    private static let fixedRuns = 100
    /// Seconds that random seeds may take.
    private static let randomSeconds = 30.0

    @Test("I1 to I21: fixed runs break no invariant and every request ends")
    func fixedSeeds() async {
        if let text = ProcessInfo.processInfo.environment["ESCAPEMENT_SIM_SEED"], let seed = UInt64(text) {
            await expectCleanRun(seed: seed)
            return
        }
        for seed in 1...UInt64(Self.fixedRuns) { await expectCleanRun(seed: seed) }
    }

    @Test("I1 to I21: random runs break no invariant and every request ends", .timeLimit(.minutes(5)))
    func randomSeeds() async {
        guard ProcessInfo.processInfo.environment["ESCAPEMENT_SIM_SEED"] == nil else { return }
        let first = UInt64.random(in: 0...UInt64.max / 2)
        let end = ProcessInfo.processInfo.systemUptime + Self.randomSeconds
        var count: UInt64 = 0
        while ProcessInfo.processInfo.systemUptime < end {
            await expectCleanRun(seed: first + count)
            count += 1
        }
        print("simulation: \(count) random runs, seeds \(first) to \(first + count - 1)")
    }

    private func expectCleanRun(seed: UInt64) async {
        let simulation = Simulation(Simulation.Plan(seed: seed))
        let violations = await simulation.run()
        #expect(
            violations.isEmpty,
            "make sim SEED=\(seed): \(violations.prefix(5)) after \(simulation.stepsDone) steps"
        )
    }
}
