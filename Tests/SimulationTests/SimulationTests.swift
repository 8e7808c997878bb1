import Foundation
import SchedulerCore
import SchedulerTesting
import Testing

/// Runs of the simulator: fixed seeds, then as many random ones as fit into the time.
struct SimulationTests {
    /// Runs whose seeds never change.
    private static let fixedRuns = 120
    /// Runs that pass what is passed once in hundreds of runs.
    private static let rareSeeds: [UInt64] = [123, 157, 178, 191, 282]
    /// So many at most, as long as those before have left something out.
    private static let mostFixedRuns = 800
    /// Seconds that random seeds may take.
    private static let randomSeconds = 30.0
    /// Seeds that are asked for instead: `ESCAPEMENT_SIM_SEED` is the first, `ESCAPEMENT_SIM_RUNS` tells how many.
    private static let wanted: ClosedRange<UInt64>? = {
        let environment = ProcessInfo.processInfo.environment
        guard let first = environment["ESCAPEMENT_SIM_SEED"].flatMap(UInt64.init) else { return nil }
        let runs = environment["ESCAPEMENT_SIM_RUNS"].flatMap(UInt64.init) ?? 1
        return first...max(first, first &+ runs &- 1)
    }()

    @Test("I1 to I38, I42 to I60, I62, I64: fixed runs break no invariant and every request ends")
    func fixedSeeds() async {
        if let wanted = Self.wanted { return await runAtLength(wanted) }
        var passed: [PassedCell: Int] = [:]
        var met: [ClusterEvent: Int] = [:]
        var families: [FamilyEvent: Int] = [:]
        var codes: [DiagnosticCode: Int] = [:]
        let always = Array(1...UInt64(Self.fixedRuns)) + Self.rareSeeds
        let others = (1...UInt64(Self.mostFixedRuns)).filter { !always.contains($0) }
        for (index, seed) in (always + others).enumerated() {
            let isComplete = Self.reachable.isSubset(of: passed.keys) && met.count == ClusterEvent.allCases.count
            if index >= always.count, isComplete { break }
            let auditor = await expectCleanRun(seed: seed).auditor
            passed.merge(auditor.passedCells, uniquingKeysWith: +)
            met.merge(auditor.clusterEvents, uniquingKeysWith: +)
            families.merge(auditor.familyEvents, uniquingKeysWith: +)
            codes.merge(auditor.diagnosedCodes, uniquingKeysWith: +)
        }
        print("simulation:", met.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", "))
        let unmet = Set(ClusterEvent.allCases).subtracting(met.keys).map(\.rawValue).sorted()
        #expect(unmet.isEmpty, "what no node has met with")
        print("families:", families.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", "))
        let missing = Set(FamilyEvent.allCases).subtracting(families.keys).map(\.rawValue).sorted()
        #expect(missing.isEmpty, "what no request and its relatives have met with")
        print("diagnoses:", codes.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", "))
        let untold = Self.reasons.subtracting(codes.keys).map(\.rawValue).sorted()
        #expect(untold.isEmpty, "reasons that no diagnosis has told")
        let missed = Self.reachable.subtracting(passed.keys).map(\.description).sorted()
        #expect(missed.isEmpty, "cells that no run has passed")
    }

    /// I62: reasons that runs meet with: of nodes whose dispatchers and processors run.
    private static let reasons: Set<DiagnosticCode> = [
        .onHold, .validationWait, .parentPauseWait, .futureStart, .retryDelay, .preprocessDelay, .postprocessDelay,
        .deferred, .noApplication, .noLogicalCluster, .requestedProcessorDown,
        .noActiveServer, .quiesced, .blocked,
        .noBoundWorkAssignment, .disabledWorkAssignment, .inactiveWorkAssignmentWait, .concurrencyLimit, .noFreeThread,
        .subRequestWait, .childWait, .asyncLimit, .asyncWait, .cancelWait, .manualRecovery,
        .nothing,
    ]

    /// Cells that requests of this build can pass.
    private static let reachable: Set<PassedCell> = {
        var cells: Set<PassedCell> = []
        for row in RequestTransition.table where row.event != .nodeLostWaiting {
            for (from, targets) in row.cells {
                for to in targets where to != from { cells.insert(PassedCell(row.event, from: from, to: to)) }
            }
        }
        // READY and BLOCKED are no states of recurring parents; the others are of post-processing, of sets whose cancel
        // ends by that of their steps, and of a recovery that comes before its node is declared lost.
        cells = cells.filter { cell in
            if cell.event == .cancel, [.ready, .blocked, .completed].contains(cell.from), cell.to == .cancelling {
                return false
            }
            let ends: [RequestEventKind] = [.postProcessProceed, .stepsSucceeded, .stepsFailed]
            if ends.contains(cell.event), cell.from == .cancelling { return false }
            return !(cell.from == .running && [.recoverRetry, .recoverError, .recoverCancelled].contains(cell.event))
        }
        // A start passes READY.
        cells.remove(PassedCell(.start, from: .wait, to: .running))
        return cells
    }()

    @Test(
        "I1 to I38, I42 to I60, I62, I64: random runs break no invariant and every request ends",
        .timeLimit(.minutes(5))
    )
    func randomSeeds() async {
        guard Self.wanted == nil else { return }
        let first = UInt64.random(in: 0...UInt64.max / 2)
        let end = ProcessInfo.processInfo.systemUptime + Self.randomSeconds
        var count: UInt64 = 0
        while ProcessInfo.processInfo.systemUptime < end {
            await expectCleanRun(seed: first + count)
            count += 1
        }
        print("simulation: \(count) random runs, seeds \(first) to \(first + count - 1)")
    }

    private func runAtLength(_ seeds: ClosedRange<UInt64>) async {
        let begin = ProcessInfo.processInfo.systemUptime
        var steps = 0
        for seed in seeds { steps += await expectCleanRun(seed: seed).stepsDone }
        let seconds = Int(ProcessInfo.processInfo.systemUptime - begin)
        print("simulation: seeds \(seeds.lowerBound) to \(seeds.upperBound), \(steps) steps, \(seconds) s")
    }

    @discardableResult
    private func expectCleanRun(seed: UInt64) async -> Simulation {
        let simulation = Simulation(Simulation.Plan(seed: seed))
        let violations = await simulation.run()
        #expect(
            violations.isEmpty,
            "make sim SEED=\(seed): \(violations.prefix(5)) after \(simulation.stepsDone) steps"
        )
        return simulation
    }
}
