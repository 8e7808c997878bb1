import SchedulerCore

/// Purges, as people and the leader would do them.
extension Simulation {
    /// Requests that may go, as somebody has seen them; he removes them later.
    struct Removal {
        let ids: [RequestID]
        let cutoff: Timestamp
    }

    func purge() async {
        guard hasPurges else { return }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1: await beginPurge()
            case 2..<6: await advancePurge()
            default: await removeRows()
            }
        }
    }

    private func beginPurge() async {
        // Nothing is older than an hour.
        let days: [Int64] = [0, 0, 0, 0, 1]
        var retention = PurgeRetention(other: random.pick(days) ?? 0)
        retention.success = random.percent(30) ? random.pick(days) : nil
        retention.error = random.percent(30) ? random.pick(days) : nil
        retention.cancelled = random.percent(30) ? random.pick(days) : nil
        let order = PurgeOrder(
            criteria: criteria(),
            retention: retention,
            maxRequests: random.percent(30) ? Int64.random(in: 1...6, using: &random) : nil,
            isLogicalOnly: random.percent(20),
            isDryRun: random.percent(15)
        )
        _ = try? await store.beginPurge(order, audit: AuditEntry(principal: "anna", action: "purge"))
    }

    private func criteria() -> PurgeCriteria {
        var found = PurgeCriteria()
        guard random.percent(40) else { return found }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: found.application = random.pick([NaivePlace.application, NaivePlace.otherApplication])
        case 1: found.product = random.pick(NaiveWork.products) ?? nil
        case 2: found.submitter = random.pick(["anna", "bert"])
        default: found.jobDefinition = NaiveLocks.definition("Job")
        }
        return found
    }

    /// The oldest run goes on; now and then somebody goes on with one that has ended.
    private func advancePurge() async {
        var run = try? await memory.openPurge()
        if random.percent(10) { run = random.pick((try? await memory.purgeRuns(limit: 100)) ?? []) }
        if run?.endedTime == nil { run = try? await memory.openPurge() }
        guard let run else { return }
        _ = try? await store.advancePurge(run.id, limit: Int.random(in: 1...8, using: &random), clock: time)
    }

    private func removeRows() async {
        if removals.isEmpty || random.percent(60) {
            let cutoff = memory.now() + .seconds(-(random.pick([0, 0, 20]) ?? 0))
            let limit = Int.random(in: 1...8, using: &random)
            let ids = try? await memory.removableRequests(deletedUntil: cutoff, limit: limit)
            removals.append(Removal(ids: ids ?? [], cutoff: cutoff))
        }
        guard random.percent(70), let removal = random.pick(removals) else { return }
        if random.percent(70) { removals.removeAll { $0.ids == removal.ids } }
        _ = try? await store.removeRequests(removal.ids, deletedUntil: removal.cutoff, clock: time)
    }

    /// In peace every run ends, and what is deleted goes.
    func endPurges() async {
        for _ in 0..<Self.longestPurge {
            let run = try? await memory.openPurge()
            if let run { _ = try? await store.advancePurge(run.id, limit: 5, clock: time) }
            let cutoff = memory.now()
            let ids = (try? await memory.removableRequests(deletedUntil: cutoff, limit: 5)) ?? []
            _ = try? await store.removeRequests(ids, deletedUntil: cutoff, clock: time)
            if run == nil, ids.isEmpty { break }
        }
        auditor.checkPurgesAreOver(memory.snapshot)
    }

    /// In chunks.
    private static let longestPurge = 5000
}
