import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

/// What a resumed job is told of the sub-requests that it has paused for (runtime §6).
@Suite("The round that has ended", .timeLimit(.minutes(1)))
struct EndedRoundTests {
    @Test("I50: each resume tells of the round that was paused for, also of one that was empty")
    func rounds() async throws {
        try await RunnerBench.run { bench in
            var invocation = try await bench.begin()
            #expect(invocation.subRequests.isEmpty)
            for count in [2, 0, 1] {
                let children = try await submit(count, below: invocation, bench)
                try await bench.finish(invocation, .ended(.paused(state: "\(count)")))
                try await endAll(bench)
                invocation = try await resume(bench)
                #expect(invocation.request.pausedState == "\(count)")
                #expect(invocation.subRequests == children.map { SubRequestEnd(id: $0, state: .succeeded) })
            }
            try await bench.finish(invocation, .ended(.success))
        }
    }

    @Test("I50: sub-requests that were cancelled before the pause belong to the round")
    func cancelled() async throws {
        try await RunnerBench.run { bench in
            let first = try await bench.begin()
            let children = try await submit(1, below: first, bench)
            try await bench.engine.perform(.cancel, on: children[0])
            try await bench.finish(first, .ended(.paused(state: nil)))
            let second = try await resume(bench)
            #expect(second.subRequests == [SubRequestEnd(id: children[0], state: .cancelled)])
            try await bench.finish(second, .ended(.success))
        }
    }

    @Test("I51: what an earlier attempt has submitted belongs to no round of the next one")
    func retried() async throws {
        try await RunnerBench.run { bench in
            var submission = StoreSamples.submission()
            submission.policy.retries = 1
            submission.policy.retryDelay = .zero
            let first = try await bench.begin(submission)
            _ = try await submit(1, below: first, bench)
            try await bench.finish(first, .ended(.systemError("lost")))
            _ = try await bench.engine.memory.fireTimers(limit: 10)
            let second = try await resume(bench)
            #expect(second.request.attempt == 2 && second.subRequests.isEmpty)
            let children = try await submit(1, below: second, bench)
            try await bench.finish(second, .ended(.paused(state: nil)))
            try await endAll(bench)
            let third = try await resume(bench)
            #expect(third.subRequests == [SubRequestEnd(id: children[0], state: .succeeded)])
            try await bench.finish(third, .ended(.success))
        }
    }

    private func submit(_ count: Int, below parent: Invocation, _ bench: RunnerBench) async throws -> [RequestID] {
        var found: [RequestID] = []
        for _ in 0..<count {
            var submission = StoreSamples.submission()
            submission.placement = .subRequest(of: parent.request.id, handle: try #require(parent.request.epoch))
            found.append(try await bench.engine.submit(submission))
        }
        return found
    }

    /// Lets every sub-request that is due run to its good end.
    private func endAll(_ bench: RunnerBench) async throws {
        let due = bench.engine.memory.snapshot.requests.values.contains {
            $0.lineage.type == .subRequest && $0.state == .wait
        }
        guard due else { return }
        for child in try await bench.engine.start(on: StoreSamples.node) {
            try await bench.engine.perform(
                .executableEnded(.success),
                on: child.request.id,
                epoch: child.request.epoch
            )
        }
    }

    private func resume(_ bench: RunnerBench) async throws -> Invocation {
        let claimed = try #require(try await bench.engine.start(on: StoreSamples.node).first)
        bench.runner.launch(claimed)
        return try await bench.executor.begun.next()
    }
}
