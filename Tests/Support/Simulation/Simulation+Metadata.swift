import SchedulerCore
import SchedulerEngine

/// Definitions that go by force and come again, and requests that take what the metadata say now (administration §1.4).
extension Simulation {
    func changeDefinitions() async {
        guard metadata.deleted.isEmpty || random.percent(40) else {
            metadata.deleted = []
            for _ in 0..<3 { await refresh() }
            return
        }
        // Any state as likely as any other.
        let pending = memory.snapshot.requests.values.sorted { $0.id < $1.id }.filter { request in
            Self.deletable.contains(request.state) && NaiveLocks.deletable.contains(request.facts.definitionID)
        }
        let state = random.pick(Self.deletable.filter { state in pending.contains { $0.state == state } })
        guard let gone = random.pick(pending.filter { $0.state == state })?.facts.definitionID else { return }
        metadata.deleted.insert(gone)
        // Who deletes tells all that have not started; he may die on the way.
        let audit = AuditEntry(principal: "anna", action: "definitionDeleted")
        for request in memory.snapshot.requests.values.sorted(by: { $0.id < $1.id })
        where request.facts.definitionID == gone && !request.lineage.type.isRecurringParent && random.percent(95) {
            guard Self.deletable.contains(request.state) else { continue }
            await call(RequestCommand(request.id, .definitionDeleted, audit: audit))
        }
    }

    private static let deletable: [RequestState] = [.wait, .ready, .blocked, .hold]

    /// Mostly of one that may be refreshed, with another number of retries.
    func refresh() async {
        let snapshot = memory.snapshot
        let requests = snapshot.requests.values.sorted { $0.id < $1.id }
        let able = requests.filter { [.wait, .hold, .pendingValidation].contains($0.state) }
        let invalid = able.filter { $0.state == .pendingValidation }
        let candidates = random.percent(50) && !invalid.isEmpty ? invalid : random.percent(80) ? able : requests
        guard let request = random.pick(candidates) else { return }
        let instances = requests.filter { $0.lineage.parentID == request.id && $0.isWaitingInstance }
        var policy = request.policy
        policy.retries = Int.random(in: 0...2, using: &random)
        // Of one that changes meanwhile it is void.
        let items = ([request] + (request.lineage.type.isRecurringParent ? instances : [])).map { item in
            let parameters = snapshot.submissions[item.id]?.parameters ?? []
            return RequestRefresh.Item(
                item.id,
                base: parameters,
                facts: item.facts,
                policy: policy,
                parameters: parameters
            )
        }
        let audit = AuditEntry(principal: "anna", action: "refresh")
        await call(RequestCommand(request.id, .refresh(RequestRefresh(items, jobSet: nil)), audit: audit))
    }
}
