import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct RecoveryLoopTests {
    private let bench: EngineBench
    private let dead = StoreSamples.otherNode

    init() async throws {
        bench = try EngineBench()
        try await bench.memory.join(bench.node, lease: EngineBench.lease)
    }

    private func submission(retries: Int = 0, nodeLost: ExecutionPolicy.NodeLostAction = .retry) -> Submission {
        var submission = StoreSamples.submission()
        submission.policy.retries = retries
        submission.policy.nodeLost = nodeLost
        return submission
    }

    @Test("A lost attempt is retried, ends in error, or awaits a decision, as its policy says")
    func cells() async throws {
        let retried = try await bench.startOne(submission(retries: 1), on: dead).request.id
        let failed = try await bench.startOne(submission(), on: dead).request.id
        let manual = try await bench.startOne(submission(retries: 1, nodeLost: .manualRecovery), on: dead).request.id
        _ = try await bench.recovery().runOnce()
        #expect(try bench.stored(retried).state == .errorAutoRetry)
        #expect(try bench.stored(failed).state == .error)
        #expect(try bench.stored(failed).errorType == .system)
        #expect(try bench.stored(failed).message?.text.contains("node_restarted") == true)
        #expect(try bench.stored(manual).state == .errorManualRecovery)
        for id in [retried, failed, manual] {
            #expect(try bench.stored(id).handleStatus == .dead)
            #expect(try bench.stored(id).owner == nil)
        }
    }

    @Test("I13 A cancel without a living owner ends CANCELLED, whatever the policy says")
    func cancelling() async throws {
        let claimed = try await bench.startOne(submission(retries: 1, nodeLost: .manualRecovery), on: dead)
        try await bench.perform(.cancel, on: claimed.request.id)
        _ = try await bench.recovery().runOnce()
        #expect(bench.states() == [.cancelled])
    }

    @Test("Waits, pauses, this node's attempts and those of living nodes are left alone")
    func untouched() async throws {
        let waiting = try await bench.startOne(StoreSamples.asynchronous(), on: dead).request
        try await bench.perform(.asynchronousStartAccepted(externalID: nil), on: waiting.id, epoch: waiting.epoch)
        let paused = try await bench.startOne(on: dead).request
        try await bench.perform(.executableEnded(.paused(state: "half")), on: paused.id, epoch: paused.epoch)
        let living = NodeID("00000000000000000000000000000003")
        try await bench.memory.join(StoreSamples.record(living), lease: EngineBench.lease)
        try await bench.perform(.cancel, on: waiting.id)
        let before = bench.memory.snapshot.requests
        #expect(try await bench.recovery().runOnce() == .after(EngineBench.longestPause))
        #expect(bench.memory.snapshot.requests == before)

        _ = try await bench.perform(.cancel, on: paused.id)
        try await bench.submit()
        try await bench.start(on: living)
        try await bench.submit()
        try await bench.start()
        _ = try await bench.recovery().runOnce()
        #expect(bench.states() == [.cancelling, .cancelled, .running, .running])
    }

    @Test("A node is lost when its lease is over, not before")
    func leaseEnd() async throws {
        try await bench.memory.join(StoreSamples.record(dead), lease: EngineBench.lease)
        _ = try await bench.startOne(on: dead)
        bench.time.advance(by: EngineBench.lease - .milliseconds(1))
        _ = try await bench.recovery().runOnce()
        #expect(bench.states() == [.running])
        bench.time.advance(by: .milliseconds(1))
        _ = try await bench.recovery().runOnce()
        #expect(bench.states() == [.error])
    }

    @Test("I22 The process of a lost attempt is killed before the attempt is over; without one nothing is")
    func reaps() async throws {
        let identity = ProcessIdentity(pid: 4712, startTicks: 99, bootID: "a1b2")
        let claimed = try await bench.startOne(on: dead).request
        try await bench.perform(.processPrepared(identity), on: claimed.id, epoch: claimed.epoch)
        _ = try await bench.startOne(on: dead)
        let reaper = NotedReaper(store: bench.memory)
        _ = try await bench.recovery(reaper).runOnce()
        #expect(reaper.kills.pending == [NotedReaper.Kill(process: identity, id: claimed.id, state: .running)])
        #expect(bench.states() == [.error, .error])
    }

    @Test("One row that cannot be written does not keep the others, and is reported")
    func poisonousRow() async throws {
        for _ in 0..<3 { _ = try await bench.startOne(on: dead) }
        bench.script.before { call in
            guard case .perform(let commands) = call, commands.contains(where: { $0.requestID.value == 2 }) else {
                return
            }
            throw StoreFault("row 2 is broken")
        }
        await #expect(throws: StoreFault.self) { _ = try await bench.recovery().runOnce() }
        #expect(bench.states() == [.error, .running, .error])
        await #expect(throws: StoreFault.self) { _ = try await bench.recovery().runOnce() }
        bench.script.before { _ in }
        _ = try await bench.recovery().runOnce()
        #expect(bench.states() == [.error, .error, .error])
    }

    @Test("A batch whose answer was lost is repeated without harm")
    func lostAnswer() async throws {
        for _ in 0..<3 { _ = try await bench.startOne(submission(retries: 1), on: dead) }
        bench.store.fail(.afterCommit)
        _ = try await bench.recovery().runOnce()
        #expect(bench.states() == [.errorAutoRetry, .errorAutoRetry, .errorAutoRetry])
        #expect(bench.memory.snapshot.history.values.allSatisfy { $0.count == 3 })
    }

    @Test("All is recovered although a batch is bounded")
    func batches() async throws {
        for _ in 0...RecoveryLoop.batchLimit { try await bench.submit() }
        try await bench.start(on: dead, limit: RecoveryLoop.batchLimit + 1)
        let loop = bench.recovery()
        while try await loop.runOnce() == .now {}
        #expect(bench.states().allSatisfy { $0 == .error })
        let sizes = bench.script.calls.compactMap { call -> Int? in
            if case .perform(let commands) = call { commands.count } else { nil }
        }
        #expect(sizes == [RecoveryLoop.batchLimit, 1])
    }

    @Test("Rows that cannot be recovered neither keep those behind them nor the loop turning without a pause")
    func stuckRows() async throws {
        for _ in 0...RecoveryLoop.batchLimit { try await bench.submit() }
        try await bench.start(on: dead, limit: RecoveryLoop.batchLimit + 1)
        bench.script.answer { $0.requestID.value <= RecoveryLoop.batchLimit ? .dropped(.cannotArise) : nil }
        let loop = bench.recovery()
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        #expect(bench.states().last == .error)
        #expect(bench.log.lines.count { $0.contains("Attempt recovered") } == 1)
    }
}
