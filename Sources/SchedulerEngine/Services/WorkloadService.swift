package import SchedulerCore

/// Shows what nodes work on, and which of them would take a request (administration §4).
package struct WorkloadService: Sendable {
    private let store: any RequestStore & ClusterStore & WorkloadStore
    private let access: RequestAccess
    private let catalogue: CatalogueHolder
    private let recurrence: RecurrenceSettings

    package init(
        store: any RequestStore & ClusterStore & WorkloadStore,
        access: RequestAccess,
        catalogue: CatalogueHolder,
        recurrence: RecurrenceSettings = RecurrenceSettings()
    ) {
        self.store = store
        self.access = access
        self.catalogue = catalogue
        self.recurrence = recurrence
    }

    /// Threads, shares and what is in use now.
    ///
    /// - Throws: ESS-31002; `StoreFault`.
    package func status(caller: Caller) async throws -> WorkloadStatus {
        try requireSight(of: caller)
        let now = try await store.now()
        let model = WorkModel(catalogue.current, settings: recurrence)
        let threadsInUse = try await store.threadsInUse()
        let nodes = try await store.nodes().filter(\.isAlive).map { status in
            let node = DiagnosisNode(status, threadsInUse: threadsInUse)
            return WorkloadStatus.Node(node: node, plan: model.plan(of: node, at: now))
        }
        let limited = WorkloadStatus.limited(nodes.map(\.plan))
        let used = limited.isEmpty ? [:] : try await store.slotsInUse(limited.map(\.slot))
        let limits = limited.map { WorkloadStatus.Limit(slot: $0.slot, limit: $0.limit, inUse: used[$0.slot] ?? 0) }
        return WorkloadStatus(now: now, nodes: nodes, limits: limits)
    }

    /// Which assignments and nodes would take a request of certain facts.
    ///
    /// - Parameters:
    ///   - facts: that assignments look at.
    ///   - instant: when; nil = now.
    ///   - caller: who asks.
    /// - Returns: what each living node would do, without regard to what is in use.
    /// - Throws: ESS-31002; `StoreFault`.
    package func test(
        _ facts: SpecializationFacts,
        at instant: Timestamp?,
        caller: Caller
    ) async throws -> WorkloadTest {
        try requireSight(of: caller)
        let now = try await store.now()
        let current = catalogue.current
        let model = WorkModel(current, settings: recurrence)
        let nodes = try await store.nodes().filter(\.isAlive).map { DiagnosisNode($0) }
        return WorkloadTest(
            instant: instant ?? now,
            accepting: current.workAssignments.filter { $0.accepts(facts) }.map(\.id),
            nodes: nodes.map { node in
                WorkloadTest.Node(name: node.name, plan: model.plan(of: node, at: instant ?? now), facts: facts)
            }
        )
    }

    /// The same of a request that exists.
    ///
    /// - Throws: ESS-31002, 01001, 02003; `StoreFault`.
    package func test(_ id: RequestID, at instant: Timestamp?, caller: Caller) async throws -> WorkloadTest {
        try requireSight(of: caller)
        let request = try await access.request(id, for: .read, caller: caller).request
        return try await test(SpecializationFacts(request.facts), at: instant, caller: caller)
    }

    private func requireSight(of caller: Caller) throws(SchedulerError) {
        let decision = access.decision(for: caller)
        if !decision.seesNodes { try decision.require(.monitor) }
    }
}
