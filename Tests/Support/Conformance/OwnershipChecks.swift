import SchedulerCore
import Testing

/// Nodes, their leases and the attempts they run: what recovery builds on (runtime §8).
package enum OwnershipChecks {
    private static let node = StoreSamples.node
    private static let other = StoreSamples.otherNode

    package static let all: [StoreCheck] = [
        StoreCheck("a node's attempts are found, page by page, until they end") { test in
            try await test.store.enter(node)
            for _ in 0..<5 { try await test.submit() }
            _ = try await test.claim(4)
            let firstPage = try await test.store.attempts(of: node, after: nil, limit: 3)
            #expect(firstPage.map(\.id.value) == [1, 2, 3])
            #expect(firstPage.allSatisfy { $0.owner == node && $0.state == .running })
            let secondPage = try await test.store.attempts(of: node, after: RequestID(3), limit: 3)
            #expect(secondPage.map(\.id.value) == [4])
            try await test.perform(.executableEnded(.success), on: RequestID(2), epoch: firstPage[1].epoch)
            let rest = try await test.store.attempts(of: node, after: nil, limit: 10)
            #expect(rest.map(\.id.value) == [1, 3, 4])
            #expect(try await test.store.attempts(of: other, after: nil, limit: 10).isEmpty)
        },
        StoreCheck("a request that awaits an answer is nobody's") { test in
            try await test.store.enter(node)
            let waiting = try await test.startWaiting()
            #expect(waiting.owner == nil)
            #expect(try await test.store.attempts(of: node, after: nil, limit: 10).isEmpty)
            test.time.advance(by: .seconds(60))
            #expect(try await test.store.lostAttempts(for: other, after: nil, limit: 10).isEmpty)
        },
        StoreCheck("attempts are lost when the lease of their node is over, never one's own") { test in
            try await test.store.enter(node)
            try await test.start(test.submit().id)
            test.time.advance(by: .milliseconds(29_999))
            #expect(try await lost(test, for: other).isEmpty)
            test.time.advance(by: .milliseconds(1))
            #expect(try await lost(test, for: other) == [1])
            #expect(try await lost(test, for: node).isEmpty)
        },
        StoreCheck("a renewed lease lasts, one that ran out cannot be renewed") { test in
            try await test.store.enter(node)
            try await test.start(test.submit().id)
            test.time.advance(by: .seconds(20))
            #expect(try await test.store.renew(node, lease: .seconds(30)) == .active)
            test.time.advance(by: .seconds(29))
            #expect(try await lost(test, for: other).isEmpty)
            test.time.advance(by: .seconds(1))
            #expect(try await test.store.renew(node, lease: .seconds(30)) == .none)
            #expect(try await lost(test, for: other) == [1])
        },
        StoreCheck("a node that leaves holds nothing") { test in
            try await test.store.enter(node)
            try await test.start(test.submit().id)
            #expect(try await lost(test, for: other).isEmpty)
            try await test.store.leave(node)
            try await test.store.leave(node)
            #expect(try await lost(test, for: other) == [1])
            let attempts = try await test.store.lostAttempts(for: other, after: nil, limit: 1)
            #expect(attempts.map(\.owner) == [nil] && attempts.map(\.reason) == [.nodeStopped])
        },
        StoreCheck("I56 a node without a lease is given nothing, and is told") { test in
            try await test.submit()
            let claim = Claim(node: node, processor: "node", limit: 5, readyLimit: 5)
            let stranger = try await test.store.claim(claim)
            #expect(stranger.standing == .none && stranger.started.isEmpty && stranger.changes.isEmpty)
            try await test.expect(RequestID(1), in: .wait)
            try await test.store.enter(node)
            test.time.advance(by: StoreSamples.lease)
            #expect(try await test.store.claim(claim).standing == .none)
            try await test.store.enter(node)
            let member = try await test.store.claim(claim)
            #expect(member.standing == .active && member.started.map(\.request.id) == [RequestID(1)])
        },
        StoreCheck("what a lost node ran is taken from it, and it is told so") { test in
            var submission = StoreSamples.submission()
            submission.policy.retries = 1
            let id = try await test.submit(submission).id
            let running = try await test.start(id)
            try await test.perform(.nodeLost(reason: .nodeRestarted), on: id, epoch: running.epoch)
            try await test.expect(id, in: .errorAutoRetry)
            #expect(try await lost(test, for: other).isEmpty)
            _ = try await test.store.fireTimers(limit: 1)
            try await test.start(id, node: other)
            try await test.perform(
                .executableEnded(.success),
                on: id,
                epoch: running.epoch,
                expecting: .dropped(.staleEpoch)
            )
            #expect(try await test.store.attempts(of: other, after: nil, limit: 1).map(\.id) == [id])
        },
        StoreCheck("where one node lives at a time, the next one voids the lease before it") { test in
            try await test.store.enter(node)
            try await test.start(test.submit().id)
            try await test.store.enter(other)
            #expect(try await lost(test, for: other) == (test.hasOneNode ? [1] : []))
            #expect(try await test.store.renew(node, lease: .seconds(30)) == (test.hasOneNode ? .none : .active))
            #expect(try await test.store.renew(other, lease: .seconds(30)) == .active)
        },
    ]

    private static func lost(_ test: StoreUnderTest, for node: NodeID) async throws -> [Int64] {
        try await test.store.lostAttempts(for: node, after: nil, limit: 10).map(\.request.id.value)
    }
}
