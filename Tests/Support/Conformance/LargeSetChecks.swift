import SchedulerCore
import Testing

/// Job sets of the size that they may have, run to their end (runtime §6).
package enum LargeSetChecks {
    private static let stepsMax = 1000
    private static let depthMax = 8

    package static let all: [StoreCheck] = [
        StoreCheck("I45 to I47: a serial set of 1,000 steps runs each of them once, in order") { test in
            let names = (1...stepsMax).map { "s\($0)" }
            let steps = zip(names, names.dropFirst().map { Optional($0) } + [nil]).map { name, next in
                StoreSamples.step(name, success: next, warning: next)
            }
            let plan = JobSetPlan(mode: .serial, firstStep: names[0], steps: steps)
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            var ran: [String] = []
            while let step = try await onlyStep(test) {
                ran.append(step.lineage.stepID ?? "")
                guard ran.count <= stepsMax else { break }
                try await test.end(step, ran.count == stepsMax / 2 ? .warning(text: "late") : .success)
            }
            #expect(ran == names)
            let ended = try await test.stored(set)
            #expect(ended.state == .warning && ended.kinship.liveChildren == 0)
            #expect(ended.message?.text == "Step s\(stepsMax / 2) ended in WARNING: late")
            #expect(try await count(of: .jobSetStep, test) == stepsMax)
        },
        StoreCheck("I45, I47: a parallel set of 1,000 steps runs each of them once and ends with the last") { test in
            let names = (1...stepsMax).map { "s\($0)" }
            let plan = JobSetPlan(mode: .parallel, firstStep: "", steps: names.map { StoreSamples.step($0) })
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            var ran: [String] = []
            while ran.count <= stepsMax {
                let steps = try await test.claim(StoreLimits.commandsPerCall, ready: stepsMax).started.map(\.request)
                guard !steps.isEmpty else { break }
                ran += steps.compactMap(\.lineage.stepID)
                if ran.count < stepsMax { try await test.expect(set, in: .running) }
                let ends = steps.map { step in
                    let failed = step.lineage.stepID == "s7"
                    let outcome: ExecutableOutcome = failed ? .businessError(text: "no") : .success
                    return RequestCommand(step.id, .executableEnded(outcome), epoch: step.epoch)
                }
                let results = try await test.store.perform(ends)
                #expect(results.allSatisfy { $0.outcome == .applied })
            }
            #expect(ran.count == stepsMax && Set(ran) == Set(names))
            let ended = try await test.stored(set)
            #expect(ended.state == .error && ended.errorType == .business && ended.kinship.liveChildren == 0)
            #expect(ended.message?.text == "Step s7 ended in ERROR: no")
            #expect(try await count(of: .jobSetStep, test) == stepsMax)
        },
        StoreCheck("I45 to I47: sets eight deep run each step once, and each ends as what is in it") { test in
            for fails in [false, true] {
                let set = try await test.submit(StoreSamples.jobSet(deepPlan(depthMax))).id
                var ran: [String] = []
                while true {
                    let steps = try await test.startAll()
                    guard !steps.isEmpty, ran.count <= 2 * depthMax else { break }
                    for step in steps {
                        let path = step.lineage.stepID ?? ""
                        ran.append(path)
                        try await test.end(
                            step,
                            fails && path.hasSuffix("core") ? .businessError(text: "no") : .success
                        )
                    }
                }
                #expect(Set(ran) == expectedPaths(fails: fails) && ran.count == Set(ran).count)
                var below = set
                for _ in 1..<depthMax {
                    let nested = try await test.children(of: below).filter { $0.facts.executor == nil }
                    try #require(nested.count == 1)
                    below = nested[0].id
                    try await test.expect(below, in: fails ? .error : .succeeded)
                }
                let ended = try await test.stored(set)
                #expect(ended.state == (fails ? .error : .succeeded))
                #expect(ended.errorType == (fails ? .business : nil) && ended.kinship.liveChildren == 0)
            }
        },
    ]

    /// Sets within sets, by turns serial, with a step after the inner set, and parallel, with one beside it; the
    /// innermost has one step.
    private static func deepPlan(_ depth: Int) -> JobSetPlan {
        guard depth > 1 else { return StoreSamples.plan(.serial, StoreSamples.step("core")) }
        let isSerial = depth.isMultiple(of: 2)
        return StoreSamples.plan(
            isSerial ? .serial : .parallel,
            StoreSamples.step("in", success: isSerial ? "more" : nil, nested: deepPlan(depth - 1)),
            StoreSamples.step("more")
        )
    }

    /// What is after an inner set that failed does not run, what is beside it does.
    private static func expectedPaths(fails: Bool) -> Set<String> {
        let levels = (0..<(depthMax - 1)).filter { !fails || !(depthMax - $0).isMultiple(of: 2) }
        let within = { (level: Int) in String(repeating: "in.", count: level) }
        return Set(levels.map { within($0) + "more" } + [within(depthMax - 1) + "core"])
    }

    /// Starts what is due: one step at most.
    private static func onlyStep(_ test: StoreUnderTest) async throws -> JobRequest? {
        let started = try await test.startAll()
        #expect(started.count <= 1)
        return started.first
    }

    private static func count(of type: RequestType, _ test: StoreUnderTest) async throws -> Int {
        var query = RequestQuery(limit: 2 * stepsMax)
        query.filter = .comparison(.requestType, .equal, .text(type.rawValue))
        return try await test.store.requests(query).count
    }
}
