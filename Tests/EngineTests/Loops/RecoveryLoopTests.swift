import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct RecoveryLoopTests {
    private let bench: EngineBench
    private let dead = StoreSamples.otherNode

    init() async throws {
        bench = try EngineBench()
        try await bench.enter()
    }

    /// Time goes on until the lease of the dead node is over; this node and those that are named renew theirs.
    private func outlive(_ living: NodeID...) async throws {
        bench.time.advance(by: EngineBench.lease)
        for node in living { try await bench.memory.enter(node) }
        try await bench.enter()
    }

    private func text(_ id: RequestID) throws -> String { try bench.stored(id).message?.text ?? "" }

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
        try await outlive()
        _ = try await bench.recovery().runOnce()
        #expect(try bench.stored(retried).state == .errorAutoRetry)
        #expect(try bench.stored(failed).state == .error)
        #expect(try bench.stored(failed).errorType == .system)
        #expect(try text(failed).contains("lease_expired"))
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
        try await outlive()
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
        try await bench.perform(.cancel, on: waiting.id)
        try await outlive(living)
        let before = bench.memory.snapshot.requests
        #expect(try await bench.recovery().runOnce() == .after(EngineBench.lease / 3))
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
        _ = try await bench.startOne(on: dead)
        bench.time.advance(by: EngineBench.lease - .milliseconds(1))
        try await bench.enter()
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
        try await outlive()
        let reaper = NotedReaper(store: bench.memory, gone: [StoreSamples.record(dead).process])
        _ = try await bench.recovery(reaper).runOnce()
        #expect(reaper.kills.pending == [NotedReaper.Kill(process: identity, id: claimed.id, state: .running)])
        #expect(bench.states() == [.error, .error])
    }

    @Test("I22 Processes of a server that may be alive are left to it, also where another node died for sure")
    func sparesLiving() async throws {
        let alive = NodeID("00000000000000000000000000000003")
        let server = ProcessIdentity(pid: 5000, startTicks: 5, bootID: "a1b2")
        let record = NodeRecord(id: alive, name: "paused", process: server)
        _ = try await bench.memory.join(record, lease: EngineBench.lease, over: nil)
        try await bench.submit()
        let claim = Claim(node: alive, processor: "paused", limit: 1, readyLimit: 0)
        let spared = try #require(try await bench.memory.claim(claim).started.first).request
        let lost = try await bench.startOne(on: dead).request
        for (request, pid) in [(spared, Int32(1)), (lost, 2)] {
            let identity = ProcessIdentity(pid: pid, startTicks: 1, bootID: "a1b2")
            try await bench.perform(.processPrepared(identity), on: request.id, epoch: request.epoch)
        }
        try await outlive()
        let reaper = NotedReaper(gone: [StoreSamples.record(dead).process])
        _ = try await bench.recovery(reaper).runOnce()
        #expect(reaper.kills.pending.map(\.id) == [lost.id])
        #expect(bench.states() == [.error, .error], "the attempt is over all the same")
    }

    @Test("I22 What a server leaves behind that dies while its attempts are taken over is killed after all")
    func diesMeanwhile() async throws {
        let identity = ProcessIdentity(pid: 4712, startTicks: 99, bootID: "a1b2")
        let claimed = try await bench.startOne(on: dead).request
        try await bench.perform(.processPrepared(identity), on: claimed.id, epoch: claimed.epoch)
        try await outlive()
        let reaper = NotedReaper(store: bench.memory, dying: [StoreSamples.record(dead).process])
        _ = try await bench.recovery(reaper).runOnce()
        #expect(reaper.kills.pending == [NotedReaper.Kill(process: identity, id: claimed.id, state: .error)])
    }

    @Test("I22 A node that does not lead kills what a dead server of its machine has left, and ends no attempt")
    func reapsWithoutLead() async throws {
        let identity = ProcessIdentity(pid: 4712, startTicks: 99, bootID: "a1b2")
        let claimed = try await bench.startOne(on: dead).request
        try await bench.perform(.processPrepared(identity), on: claimed.id, epoch: claimed.epoch)
        let leader = NodeID("00000000000000000000000000000003")
        try await outlive(leader)
        _ = try await bench.memory.lead(.recovery, node: leader, lease: EngineBench.lease)
        let reaper = NotedReaper(gone: [StoreSamples.record(dead).process])
        _ = try await bench.recovery(reaper).runOnce()
        #expect(reaper.kills.pending.map(\.process) == [identity])
        #expect(bench.states() == [.running])
    }

    @Test("I22 Processes of a node that has left are killed: it ended before its entry went")
    func reapsStopped() async throws {
        let identity = ProcessIdentity(pid: 4712, startTicks: 99, bootID: "a1b2")
        let claimed = try await bench.startOne(on: dead).request
        try await bench.perform(.processPrepared(identity), on: claimed.id, epoch: claimed.epoch)
        try await bench.memory.leave(dead)
        let reaper = NotedReaper()
        _ = try await bench.recovery(reaper).runOnce()
        #expect(reaper.kills.pending.map(\.process) == [identity])
        #expect(try text(claimed.id).contains("node_stopped"))
    }

    @Test("The reason tells a node that has a successor from one that has none")
    func reasons() async throws {
        let restarted = try await bench.startOne(on: dead).request.id
        let successor = NodeRecord(
            id: NodeID("00000000000000000000000000000003"),
            name: StoreSamples.record(dead).name,
            process: ProcessIdentity(pid: 1, startTicks: 1, bootID: "a1b2")
        )
        #expect(try await bench.memory.join(successor, lease: EngineBench.lease, over: dead) == .joined)
        _ = try await bench.recovery().runOnce()
        #expect(try text(restarted).contains("node_restarted"))
    }

    @Test("Only the leader recovers; another node does when the lead has run out, or its holder has left")
    func leader() async throws {
        let leader = NodeID("00000000000000000000000000000003")
        let lost = try await bench.startOne(on: dead)
        bench.time.advance(by: EngineBench.lease / 2)
        try await bench.memory.enter(leader)
        let first = try await bench.memory.lead(.recovery, node: leader, lease: EngineBench.lease)
        bench.time.advance(by: EngineBench.lease - .milliseconds(1))
        try await bench.memory.enter(leader)
        try await bench.enter()
        #expect(try await bench.recovery().runOnce() == .after(EngineBench.lease / 3))
        #expect(try bench.stored(lost.request.id).state == .running)
        #expect(bench.script.commands.isEmpty)
        bench.time.advance(by: .milliseconds(1))
        _ = try await bench.recovery().runOnce()
        #expect(try bench.stored(lost.request.id).state == .error)
        #expect(first == LeaderTerm(1))
        #expect(bench.memory.snapshot.leaders[.recovery]?.term == 2)

        // The lead ends with the lease of its holder, too.
        let next = try await bench.startOne(on: dead)
        bench.time.advance(by: .seconds(5))
        try await bench.memory.enter(leader)
        try await bench.memory.leave(bench.node.id)
        _ = try await bench.memory.lead(.recovery, node: leader, lease: .seconds(1000))
        try await outlive()
        _ = try await bench.recovery().runOnce()
        #expect(try bench.stored(next.request.id).state == .error)
        #expect(bench.memory.snapshot.leaders[.recovery]?.term == 4)

        let again = try await bench.startOne(on: dead)
        try await bench.memory.leave(bench.node.id)
        try await outlive(leader)
        _ = try await bench.memory.lead(.recovery, node: leader, lease: EngineBench.lease)
        _ = try await bench.recovery().runOnce()
        #expect(try bench.stored(again.request.id).state == .running)
        try await bench.memory.leave(leader)
        _ = try await bench.recovery().runOnce()
        #expect(try bench.stored(again.request.id).state == .error)
    }

    @Test("A fenced node does not even ask for the lead")
    func fenced() async throws {
        _ = try await bench.startOne(on: dead)
        bench.time.advance(by: EngineBench.lease)
        #expect(try await bench.recovery().runOnce() == .after(EngineBench.lease / 3))
        #expect(bench.script.calls.isEmpty)
        #expect(bench.states() == [.running])
    }

    @Test("I57 An attempt that another has followed while recovery looked at it is stale; the new one goes on")
    func overtaken() async throws {
        let old = try await bench.startOne(submission(retries: 1), on: dead).request
        try await outlive()
        bench.script.before { call in
            guard case .perform = call else { return }
            try await bench.perform(.nodeLost(reason: .leaseExpired), on: old.id, epoch: old.epoch)
            _ = try await bench.memory.fireTimers(limit: 1)
            try await bench.start()
        }
        _ = try await bench.recovery().runOnce()
        #expect(bench.states() == [.running])
        #expect(try bench.stored(old.id).owner == bench.node.id)
    }

    @Test("One row that cannot be written does not keep the others, and is reported")
    func poisonousRow() async throws {
        for _ in 0..<3 { _ = try await bench.startOne(on: dead) }
        try await outlive()
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
        try await outlive()
        // The lead is the first write.
        bench.store.fail(.afterCommit, after: 1)
        _ = try await bench.recovery().runOnce()
        #expect(bench.states() == [.errorAutoRetry, .errorAutoRetry, .errorAutoRetry])
        #expect(bench.memory.snapshot.history.values.allSatisfy { $0.count == 3 })
    }

    @Test("All is recovered although a batch is bounded")
    func batches() async throws {
        for _ in 0...RecoveryLoop.batchLimit { try await bench.submit() }
        try await bench.start(on: dead, limit: RecoveryLoop.batchLimit + 1)
        try await outlive()
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
        try await outlive()
        bench.script.answer { $0.requestID.value <= RecoveryLoop.batchLimit ? .dropped(.cannotArise) : nil }
        let loop = bench.recovery()
        #expect(try await loop.runOnce() == .after(EngineBench.lease / 3))
        #expect(bench.states().last == .error)
        #expect(bench.log.lines.count { $0.contains("Attempt recovered") } == 1)
    }
}
