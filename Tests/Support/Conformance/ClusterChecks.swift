import SchedulerCore
import Testing

/// Membership, rest and lead (runtime §8, administration §4).
package enum ClusterChecks {
    private static let node = StoreSamples.node
    private static let other = StoreSamples.otherNode
    private static let third = NodeID("00000000000000000000000000000003")
    private static let lease = StoreSamples.lease

    /// Another start under the name of `node`.
    private static let namesake = NodeRecord(
        id: third,
        name: StoreSamples.record(node).name,
        process: ProcessIdentity(pid: 815, startTicks: 7, bootID: "c3d4"),
        version: "2"
    )

    private static let audit = AuditEntry(principal: "olga", action: "quiesce")

    package static let all: [StoreCheck] = [
        StoreCheck("a living namesake is named, with the end of its lease; it may join again itself") { test in
            guard !test.hasOneNode else { return }
            try await test.store.enter(node)
            let until = test.time.now() + lease
            let expected = JoinOutcome.nameTaken(by: StoreSamples.record(node), until: until)
            #expect(try await test.store.join(namesake, lease: lease, over: nil) == expected)
            #expect(try await test.store.join(namesake, lease: lease, over: other) == expected)
            #expect(try await test.store.renew(third, lease: lease) == .none)
            test.time.advance(by: .seconds(1))
            try await test.store.enter(node)
            test.time.advance(by: lease - .milliseconds(1))
            #expect(try await test.store.join(namesake, lease: lease, over: nil) != .joined)
            test.time.advance(by: .milliseconds(1))
            #expect(try await test.store.join(namesake, lease: lease, over: nil) == .joined)
        },
        StoreCheck("a namesake that is known to be gone is taken over at once, and its attempts are lost") { test in
            try await test.start(test.submit().id)
            #expect(try await test.store.join(namesake, lease: lease, over: node) == .joined)
            #expect(try await test.store.renew(node, lease: lease) == .none)
            let lost = try await test.store.lostAttempts(for: third, after: nil, limit: 10)
            #expect(lost.map(\.request.id) == [RequestID(1)] && lost.map(\.reason) == [.nodeRestarted])
            #expect(lost.first?.owner == StoreSamples.record(node))
        },
        StoreCheck("an attempt tells who lost it: the lease ran out") { test in
            try await test.start(test.submit().id)
            test.time.advance(by: lease)
            let lost = try await test.store.lostAttempts(for: other, after: nil, limit: 10)
            #expect(lost.map(\.owner) == [StoreSamples.record(node)] && lost.map(\.reason) == [.leaseExpired])
            #expect(try await test.store.lostAttempts(for: other, after: RequestID(1), limit: 10).isEmpty)
        },
        StoreCheck("a node comes back under its own identity, with what was not taken from it") { test in
            try await test.start(test.submit().id)
            test.time.advance(by: lease)
            try await test.store.enter(node)
            #expect(try await test.store.renew(node, lease: lease) == .active)
            #expect(try await test.store.lostAttempts(for: other, after: nil, limit: 10).isEmpty)
            #expect(try await test.store.attempts(of: node, after: nil, limit: 10).map(\.id.value) == [1])
        },
        StoreCheck("nodes are listed by name, with lease, attempts, rest and lead") { test in
            try await test.start(test.submit().id)
            let joined = test.time.now()
            test.time.advance(by: .seconds(3))
            #expect(try await test.store.renew(node, lease: lease) == .active)
            _ = try await test.store.lead(.recovery, node: node, lease: lease)
            try await test.store.setQuiesced(true, .node("absent"), audit: nil)
            let record = StoreSamples.record(node)
            let start = NodeStatus.Start(
                record: record,
                joinedTime: joined,
                leaseEnd: test.time.now() + lease,
                isAlive: true
            )
            let absent = status("absent", isQuiesced: true)
            let running = status(record.name, start: start, running: 1, leads: [.recovery])
            #expect(try await test.store.nodes() == [absent, running])
            #expect(absent.quiesceState == .quiesced && running.quiesceState == .running)
            test.time.advance(by: lease)
            let lost = try await test.store.nodes().last
            #expect(lost?.isAlive == false && lost?.running == 1 && lost?.leads == [])
        },
        StoreCheck("of several starts of a name the newest is listed") { test in
            try await test.store.enter(node)
            test.time.advance(by: lease)
            #expect(try await test.store.join(namesake, lease: lease, over: nil) == .joined)
            let nodes = try await test.store.nodes()
            #expect(nodes.map(\.start?.record) == [namesake])
        },
        StoreCheck("A23 what is quiesced starts nothing, in the store's eyes, until it is resumed") { test in
            for target in [QuiesceTarget.cluster, .node(StoreSamples.record(node).name)] {
                let id = try await test.submit().id
                try await test.store.setQuiesced(true, target, audit: audit)
                // What is so already is no change.
                try await test.store.setQuiesced(true, target, audit: audit)
                let pass = try await test.claim()
                #expect(pass.standing == .quiesced && pass.started.isEmpty && pass.changes.isEmpty)
                #expect(try await test.store.renew(node, lease: lease) == .quiesced)
                #expect(try await test.store.nodes().map(\.quiesceState) == [.quiesced])
                try await test.store.setQuiesced(false, target, audit: nil)
                try await test.start(id)
                try await test.store.setQuiesced(true, target, audit: nil)
                #expect(try await test.store.nodes().map(\.quiesceState) == [.quiescing])
                let epoch = try await test.store.request(id)?.request.epoch
                try await test.perform(.executableEnded(.success), on: id, epoch: epoch)
                #expect(try await test.store.nodes().map(\.quiesceState) == [.quiesced])
                try await test.store.setQuiesced(false, target, audit: nil)
                let (kind, targetID) = target.auditTarget
                let trail = try await test.store.auditTrail(targetKind: kind, targetID: targetID)
                #expect(trail.map(\.entry) == [audit])
            }
        },
        StoreCheck("A dispatcher or processor that is stopped starts nothing, by itself, until it is started") { test in
            let name = StoreSamples.record(node).name
            for duty in NodeDuty.allCases {
                let id = try await test.submit().id
                for _ in 0..<2 { try await test.store.setQuiesced(true, .duty(duty, of: name), audit: audit) }
                try await test.store.setQuiesced(true, .duty(duty, of: "absent"), audit: nil)
                #expect(try await test.claim().standing == .quiesced)
                let nodes = try await test.store.nodes()
                #expect(nodes.map(\.name) == ["absent", name] && nodes.map(\.stopped) == [[duty], [duty]])
                #expect(nodes.allSatisfy { !$0.isQuiesced && !$0.isClusterQuiesced && $0.quiesceState == .running })
                try await test.store.publish(NodeOffer(threads: 1), of: node)
                try await test.diagnose(id, duty == .dispatcher ? .dispatcherStopped : .processorStopped)
                for stopped in ["absent", name] {
                    try await test.store.setQuiesced(false, .duty(duty, of: stopped), audit: nil)
                }
                try await test.end(test.start(id))
                #expect(try await test.store.nodes().map(\.stopped) == [[]])
            }
            let trail = try await test.store.auditTrail(targetKind: "Node", targetID: name)
            #expect(trail.map(\.entry) == [audit, audit])
        },
        StoreCheck("A23 a quiesced node stays so when it starts anew; others are not concerned") { test in
            try await test.store.enter(node)
            try await test.store.setQuiesced(true, .node(namesake.name), audit: nil)
            try await test.store.leave(node)
            #expect(try await test.store.join(namesake, lease: lease, over: nil) == .joined)
            #expect(try await test.store.renew(third, lease: lease) == .quiesced)
            try await test.store.enter(other)
            #expect(try await test.store.renew(other, lease: lease) == .active)
        },
        StoreCheck("a lead ends with its node's lease, whatever is left of its own") { test in
            try await test.store.enter(node)
            #expect(try await test.store.lead(.recovery, node: node, lease: .seconds(3600)) == LeaderTerm(1))
            #expect(try await test.store.join(namesake, lease: lease, over: node) == .joined)
            #expect(try await test.store.lead(.recovery, node: third, lease: lease) == LeaderTerm(2))
        },
        StoreCheck("one node leads at a time; the term grows when another takes over") { test in
            #expect(try await test.store.lead(.recovery, node: node, lease: lease) == nil)
            try await test.store.enter(node)
            #expect(try await test.store.lead(.recovery, node: node, lease: lease) == LeaderTerm(1))
            #expect(try await test.store.lead(.recovery, node: node, lease: lease) == LeaderTerm(1))
            #expect(try await test.store.lead(.metadata, node: node, lease: lease) == LeaderTerm(1))
            guard !test.hasOneNode else { return }
            try await test.store.enter(other)
            #expect(try await test.store.lead(.recovery, node: other, lease: lease) == nil)
            test.time.advance(by: .seconds(20))
            try await test.store.enter(other)
            #expect(try await test.store.lead(.recovery, node: node, lease: .seconds(10)) == LeaderTerm(1))
            test.time.advance(by: .seconds(10))
            #expect(try await test.store.lead(.recovery, node: other, lease: lease) == LeaderTerm(2))
            try await test.store.enter(node)
            #expect(try await test.store.lead(.recovery, node: node, lease: lease) == nil)
            try await test.store.leave(other)
            #expect(try await test.store.lead(.recovery, node: node, lease: lease) == LeaderTerm(3))
        },
    ]

    private static func status(
        _ name: String,
        start: NodeStatus.Start? = nil,
        isQuiesced: Bool = false,
        running: Int = 0,
        leads: [LeaderRole] = []
    ) -> NodeStatus {
        NodeStatus(
            name: name,
            start: start,
            isQuiesced: isQuiesced,
            isClusterQuiesced: false,
            running: running,
            leads: leads
        )
    }
}
