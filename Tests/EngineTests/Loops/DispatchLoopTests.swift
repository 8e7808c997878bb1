import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct DispatchLoopTests {
    private let bench: EngineBench

    init() async throws {
        bench = try EngineBench()
        try await bench.enter()
    }

    /// Numbers of what was launched, in the order of their epochs.
    private var launched: [Int64] { bench.launcher.attempts.map(\.claimed.request.id.value) }

    @Test("I30 Requests start in order of rank: priority, then due instant, then number")
    func rank() async throws {
        let early = bench.time.now()
        bench.time.advance(by: .seconds(60))
        try await bench.submit(StoreSamples.submission(priority: 1))
        try await bench.submit(StoreSamples.submission(priority: 4))
        try await bench.submit(StoreSamples.submission(priority: 9))
        try await bench.submit(StoreSamples.submission(priority: 4, start: early))
        try await bench.submit(StoreSamples.submission(priority: 4))
        try await bench.enter()
        let next = try await bench.dispatch(threads: 10).runOnce()
        #expect(launched == [3, 4, 2, 5, 1])
        #expect(next == .after(EngineBench.longestPause))
    }

    @Test("I55 No more requests run than there are threads, and a free thread takes the next one")
    func threads() async throws {
        for _ in 0..<5 { try await bench.submit() }
        let loop = bench.dispatch(threads: 3)
        #expect(try await loop.runOnce() == .after(DispatchLoop.overduePause))
        #expect(launched == [1, 2, 3])
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        #expect(launched == [1, 2, 3])
        let second = bench.launcher.attempts[1]
        try await bench.perform(.executableEnded(.success), on: second.claimed.request.id, epoch: second.epoch)
        bench.launcher.remove(second.epoch)
        #expect(try await loop.runOnce() == .after(DispatchLoop.overduePause))
        #expect(launched == [1, 3, 4])
        #expect(bench.states() == [.running, .succeeded, .running, .running, .ready])
    }

    @Test("A lowered number of threads starts nothing and ends nothing")
    func fewerThreads() async throws {
        for _ in 0..<3 { try await bench.submit() }
        _ = try await bench.dispatch(threads: 2).runOnce()
        _ = try await bench.dispatch(threads: 1).runOnce()
        #expect(launched == [1, 2])
        #expect(bench.script.claims.map(\.limit) == [2, 0])
    }

    @Test("Without a free thread due requests become READY, and keep when they were due and when they were ready")
    func saturated() async throws {
        let due = bench.time.now() + .seconds(10)
        let id = try await bench.submit(StoreSamples.submission(start: due))
        let later = try await bench.submit(StoreSamples.submission(start: due + .seconds(60)))
        bench.time.advance(by: .seconds(15))
        try await bench.enter()
        let ready = bench.time.now()
        _ = try await bench.dispatch(threads: 0).runOnce()
        #expect(try bench.stored(id).state == .ready)
        #expect(try bench.stored(later).state == .wait)
        bench.time.advance(by: .seconds(5))
        _ = try await bench.dispatch(threads: 1).runOnce()
        let request = try bench.stored(id)
        #expect(request.state == .running)
        #expect(request.scheduledTime == due)
        #expect(request.readyTime == ready)
        #expect(request.startTime == bench.time.now())
    }

    @Test("While threads come free nothing is made READY in between, but now and then")
    func readySeldom() async throws {
        let loop = bench.dispatch(threads: 1)
        _ = try await loop.runOnce()
        for _ in 0..<2 * DispatchLoop.passesUntilReady { try await bench.submit() }
        for _ in 0..<DispatchLoop.passesUntilReady + 2 {
            _ = try await loop.runOnce()
            let attempt = try #require(bench.launcher.attempts.first)
            try await bench.perform(.executableEnded(.success), on: attempt.claimed.request.id, epoch: attempt.epoch)
            bench.launcher.remove(attempt.epoch)
        }
        let limits = bench.script.claims.map(\.readyLimit)
        let between = Array(repeating: 0, count: DispatchLoop.passesUntilReady)
        #expect(limits == Array(repeating: DispatchLoop.readyLimit, count: 2) + between + [DispatchLoop.readyLimit])
    }

    @Test("Threads that stay taken are seen after a few passes: then all that is due becomes READY")
    func readyAfterEmptyPasses() async throws {
        try await bench.submit()
        let loop = bench.dispatch(threads: 1)
        _ = try await loop.runOnce()
        for _ in 0..<2 { try await bench.submit() }
        for _ in 0..<DispatchLoop.emptyPassesUntilReady {
            #expect(try await loop.runOnce() == .after(DispatchLoop.overduePause))
        }
        #expect(bench.states() == [.running, .wait, .wait])
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        #expect(bench.states() == [.running, .ready, .ready])
    }

    @Test("A pass takes what is free when its transaction begins")
    func lateThreads() async throws {
        for _ in 0..<3 { try await bench.submit() }
        let loop = bench.dispatch(threads: 2)
        _ = try await loop.runOnce()
        let first = bench.launcher.attempts[0]
        bench.script.before { [launcher = bench.launcher] call in
            if case .claim = call { launcher.remove(first.epoch) }
        }
        _ = try await loop.runOnce()
        #expect(launched == [2, 3])
    }

    @Test("One pass claims a bounded number, and comes again at once while it finds more to make READY")
    func bounds() async throws {
        for _ in 0...DispatchLoop.readyLimit { try await bench.submit() }
        let full = bench.dispatch(threads: 0)
        #expect(try await full.runOnce() == .now)
        #expect(bench.states().count { $0 == .ready } == DispatchLoop.readyLimit)
        #expect(try await full.runOnce() == .after(EngineBench.longestPause))
        #expect(bench.states().allSatisfy { $0 == .ready })
        _ = try await bench.dispatch(threads: 1000).runOnce()
        #expect(bench.script.claims.last?.limit == DispatchLoop.claimLimit)
        #expect(bench.script.claims.allSatisfy { $0.readyLimit == DispatchLoop.readyLimit })
    }

    @Test("The loop comes again when the next request is due, at the latest after its longest pause")
    func pause() async throws {
        let loop = bench.dispatch(threads: 1)
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        try await bench.submit(StoreSamples.submission(start: bench.time.now() + .seconds(60)))
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        try await bench.submit(StoreSamples.submission(start: bench.time.now() + .milliseconds(2500)))
        #expect(try await loop.runOnce() == .after(.milliseconds(2500)))
        bench.time.advance(by: .milliseconds(2500))
        #expect(try await loop.runOnce() == .after(DispatchLoop.overduePause))
        #expect(launched == [2])
    }

    @Test("I57 What a lost answer had claimed is launched by the next pass, once; what runs is left alone")
    func lostAnswer() async throws {
        let running = try await bench.launchOne()
        let elsewhere = try await bench.startOne(on: StoreSamples.otherNode)
        let lost = try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        bench.store.fail(.afterCommit)
        await #expect(throws: StoreFault.self) { _ = try await loop.runOnce() }
        #expect(try bench.stored(lost).state == .running)
        #expect(launched == [1])

        _ = try await loop.runOnce()
        #expect(launched == [1, lost.value])
        for id in [running.request.id, elsewhere.request.id, lost] { #expect(try bench.stored(id).state == .running) }
        #expect(bench.script.commands.isEmpty)

        _ = try await loop.runOnce()
        #expect(bench.script.calls.count { $0 == .attempts(of: bench.node.id) } == 1)
    }

    @Test("What a lost answer had claimed and somebody has cancelled since is over")
    func cancelledMeanwhile() async throws {
        let lost = try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        bench.store.fail(.afterCommit)
        await #expect(throws: StoreFault.self) { _ = try await loop.runOnce() }
        try await bench.perform(.cancel, on: lost)
        _ = try await loop.runOnce()
        #expect(try bench.stored(lost).state == .cancelled)
        #expect(launched.isEmpty)
    }

    @Test("I57 What ends while a lost answer is looked for is not run once more")
    func endsMeanwhile() async throws {
        let running = try await bench.launchOne()
        let lost = try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        bench.store.fail(.afterCommit)
        await #expect(throws: StoreFault.self) { _ = try await loop.runOnce() }
        bench.script.after { call in
            guard case .attempts = call, let epoch = running.request.epoch else { return }
            let end = RequestCommand(running.request.id, .executableEnded(.success), epoch: epoch)
            _ = try? await bench.memory.perform([end])
            bench.launcher.remove(epoch)
        }
        _ = try await loop.runOnce()
        #expect(launched == [lost.value])
        #expect(bench.launcher.violations.isEmpty)
    }

    @Test("While what a lost answer had claimed is not found again, nothing new is claimed")
    func reconciliationFails() async throws {
        let lost = try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        bench.store.fail(.afterCommit)
        await #expect(throws: StoreFault.self) { _ = try await loop.runOnce() }
        let waiting = try await bench.submit()
        bench.store.fail(.beforeCommit)
        await #expect(throws: StoreFault.self) { _ = try await loop.runOnce() }
        #expect(try bench.stored(lost).state == .running)
        #expect(try bench.stored(waiting).state == .wait)
        _ = try await loop.runOnce()
        #expect(launched == [lost.value, waiting.value])
    }

    @Test("A lost answer is looked for beyond the first page of the node's attempts")
    func manyAttempts() async throws {
        for _ in 0...StoreLimits.commandsPerCall { try await bench.submit() }
        let all = try await bench.start(limit: StoreLimits.commandsPerCall + 1)
        #expect(launched.isEmpty)
        for claimed in all.dropLast() { bench.launcher.launch(claimed) }
        let loop = bench.dispatch(threads: 0)
        bench.store.fail(.beforeCommit)
        await #expect(throws: StoreFault.self) { _ = try await loop.runOnce() }
        _ = try await loop.runOnce()
        #expect(launched.count == StoreLimits.commandsPerCall + 1)
    }

    @Test("A stopped loop claims nothing")
    func stop() async throws {
        try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        loop.stop()
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        #expect(bench.script.calls.isEmpty)
        #expect(bench.states() == [.wait])
    }

    @Test("I29 A request that is past its expiration is not launched")
    func expired() async throws {
        var submission = StoreSamples.submission()
        submission.policy.requestExpiration = .seconds(5)
        try await bench.submit(submission)
        try await bench.submit()
        bench.time.advance(by: .seconds(5))
        _ = try await bench.dispatch(threads: 1).runOnce()
        #expect(bench.states() == [.expired, .running])
        #expect(launched == [2])
    }

    @Test("I56 Half a lease after its last renewal a node claims nothing, whether or not anybody has looked")
    func fenced() async throws {
        try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        bench.time.advance(by: EngineBench.lease / 2)
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        #expect(bench.script.calls.isEmpty)
        try await bench.enter()
        _ = try await loop.runOnce()
        #expect(launched == [1])
    }

    @Test("I56 A node that is no member claims nothing, and its heartbeat is woken to enter")
    func noMember() async throws {
        try await bench.submit()
        try await bench.expire(bench.node.id)
        #expect(try await bench.dispatch(threads: 5).runOnce() == .after(EngineBench.longestPause))
        #expect(bench.states() == [.wait])
        #expect(await bench.signals.heartbeat.takeSignal())
    }

    @Test("I56 A quiesced node, and each of a quiesced cluster, starts nothing; resumed, it does")
    func quiesced() async throws {
        try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        for target in [QuiesceTarget.node(bench.node.name), .cluster] {
            try await bench.memory.setQuiesced(true, target, audit: nil)
            #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
            #expect(launched.isEmpty)
            #expect(bench.states() == [.wait])
            #expect(await !bench.signals.heartbeat.takeSignal())
            try await bench.memory.setQuiesced(false, target, audit: nil)
        }
        try await bench.memory.setQuiesced(true, .node("another"), audit: nil)
        _ = try await loop.runOnce()
        #expect(launched == [1])
    }

    @Test("I56 What a claim brings after the fence has closed is not launched, but taken up after the return, once")
    func lateAnswer() async throws {
        let late = try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        bench.script.before { call in if case .claim = call { bench.time.advance(by: EngineBench.lease / 2) } }
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        #expect(try bench.stored(late).state == .running)
        #expect(launched.isEmpty)
        bench.script.before { _ in }
        try await bench.memory.enter(bench.node.id)
        #expect(try await bench.heartbeat.runOnce() == .after(EngineBench.lease / 3))
        for _ in 0..<2 { _ = try await loop.runOnce() }
        #expect(launched == [late.value])
        #expect(try bench.stored(late).state == .running)
    }

    @Test("I58 What was claimed before the lease was lost is never run: others may be about to end it")
    func claimedBeforeLoss() async throws {
        let early = try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        bench.script.before { call in if case .claim = call { bench.time.advance(by: EngineBench.lease / 2) } }
        _ = try await loop.runOnce()
        bench.script.before { _ in }
        bench.time.advance(by: EngineBench.lease / 2)
        _ = try await bench.heartbeat.runOnce()
        #expect(!bench.membership.isFenced)
        _ = try await loop.runOnce()
        #expect(try bench.stored(early).state == .error)
        #expect(try bench.stored(early).message?.text.contains("lease_expired") == true)
        #expect(launched.isEmpty)
    }

    @Test("I58 Nor is what a claim of the former lease brings when the node is a member again")
    func answerAfterLoss() async throws {
        let early = try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        let heartbeat = bench.heartbeat
        bench.script.after { call in
            guard case .claim = call else { return }
            bench.time.advance(by: EngineBench.lease)
            _ = try? await heartbeat.runOnce()
        }
        #expect(try await loop.runOnce() == .now)
        bench.script.after { _ in }
        #expect(!bench.membership.isFenced)
        #expect(launched.isEmpty)
        _ = try await loop.runOnce()
        #expect(try bench.stored(early).state == .error)
        #expect(launched.isEmpty)
    }

    @Test("A fence that closes while a lost answer is reconciled lets nothing of it start")
    func fencedWhileReconciling() async throws {
        let lost = try await bench.submit()
        let loop = bench.dispatch(threads: 5)
        bench.store.fail(.afterCommit)
        await #expect(throws: StoreFault.self) { _ = try await loop.runOnce() }
        bench.script.before { call in if case .attempts = call { bench.time.advance(by: EngineBench.lease / 2) } }
        #expect(try await loop.runOnce() == .after(EngineBench.longestPause))
        #expect(launched.isEmpty)
        bench.script.before { _ in }
        try await bench.enter()
        _ = try await loop.runOnce()
        #expect(launched == [lost.value])
    }

    @Test("I62: after five failed passes in a row the dispatcher counts as failed, until one gets on")
    func failed() async throws {
        try await bench.enter()
        let loop = bench.dispatch(threads: 1)
        for kind in [StoreFault.Kind.unavailable, .failed] {
            for pass in 1...DispatchLoop.failuresUntilFailed {
                bench.store.fail(.beforeCommit, kind: kind)
                await #expect(throws: StoreFault.self) { _ = try await loop.runOnce() }
                #expect(loop.hasFailed == (kind == .failed && pass == DispatchLoop.failuresUntilFailed))
            }
        }
        _ = try await loop.runOnce()
        #expect(!loop.hasFailed)
    }
}
