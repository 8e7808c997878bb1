import SchedulerCore
import Testing

/// Which nodes take which requests (runtime §7.3, administration §9).
package enum AdmissionChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("I56: a node takes only what is of its applications, and that is not delayed by the rest") { test in
            for _ in 0..<5 { try await submit("Payroll", priority: 9, test) }
            let own = try await submit("Ledger", priority: 1, test)
            let admission = NodeAdmission(name: "node", applications: ["Ledger"])
            let pass = try await claim(1, admission, test)
            #expect(pass.started.map(\.request.id) == [own])
            #expect(pass.passedOver == [WorkClass(application: "Payroll")])
            #expect(try await claim(10, admission, without: pass.passedOver, test).started.isEmpty)
            #expect(try await test.claim().started.count == 5)
        },
        StoreCheck("I56: what asks for a cluster or a node runs there alone; others are told and go on") { test in
            let anywhere = try await submit("Acme", test)
            let night = try await submit("Acme", cluster: "night", test)
            let there = try await submit("Acme", processor: "b", test)
            let first = try await claim(10, NodeAdmission(name: "a", logicalClusters: ["day"]), test)
            #expect(first.started.map(\.request.id) == [anywhere] && first.passedOver.count == 2)
            let second = try await claim(10, NodeAdmission(name: "b"), test)
            #expect(second.started.map(\.request.id) == [there])
            let third = try await claim(10, NodeAdmission(name: "c", logicalClusters: ["day", "night"]), test)
            #expect(third.started.map(\.request.id) == [night])
            #expect(third.started.first?.request.facts.logicalCluster == "night")
        },
        StoreCheck("SYS_effectiveApplication: a request runs as another application's, and shows its own") { test in
            var submission = StoreSamples.submission()
            submission.facts.effectiveApplication = "Ledger"
            let id = try await test.submit(submission).id
            let stored = try await test.stored(id).facts
            #expect(stored.application == "Acme" && stored.effectiveApplication == "Ledger")
            #expect(try await claim(1, NodeAdmission(name: "node", applications: ["Acme"]), test).started.isEmpty)
            #expect(try await claim(1, NodeAdmission(name: "node", applications: ["Ledger"]), test).started.count == 1)
        },
        StoreCheck("What a node passes over neither becomes READY by it nor keeps it awake") { test in
            let admission = NodeAdmission(name: "node", applications: ["Ledger"])
            let other = try await submit("Payroll", test)
            let pass = try await claim(0, admission, ready: 10, test)
            #expect(pass.becameReady == 0)
            try await test.expect(other, in: .wait)
            let without: Set<WorkClass> = [WorkClass(application: "Payroll")]
            #expect(try await test.store.nextInstants(without: without).due == nil)
            #expect(try await test.store.nextInstants().due == test.time.now())
        },
    ]

    @discardableResult
    private static func submit(
        _ application: String,
        priority: Int = 4,
        cluster: String? = nil,
        processor: String? = nil,
        _ test: StoreUnderTest
    ) async throws -> RequestID {
        var submission = StoreSamples.submission(priority: priority)
        submission.facts.application = application
        submission.facts.logicalCluster = cluster
        submission.facts.requestedProcessor = processor
        return try await test.submit(submission).id
    }

    private static func claim(
        _ limit: Int,
        _ admission: NodeAdmission,
        without classes: Set<WorkClass> = [],
        ready: Int = 0,
        _ test: StoreUnderTest
    ) async throws -> ClaimResult {
        let node = StoreSamples.node
        if try await test.store.renew(node, lease: StoreSamples.lease) == .none { try await test.store.enter(node) }
        return try await test.store.claim(
            Claim(
                node: node,
                processor: "node",
                limit: limit,
                readyLimit: ready,
                admission: admission,
                without: classes
            )
        )
    }
}
