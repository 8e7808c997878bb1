import SchedulerCore
import Testing

/// Runs of a purge, and what goes for good after them.
package enum PurgeChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("A51 a run takes what ended before its age, state by state") { test in
            let old = try await test.ended(.success)
            let failed = try await test.ended(.businessError(text: nil))
            let cancelled = try await test.submit().id
            try await test.perform(.cancel, on: cancelled)
            let live = try await test.submit().id
            test.time.advance(by: .seconds(40 * day))
            let young = try await test.ended(.success)
            let order = PurgeOrder(retention: PurgeRetention(other: 30, error: 60, cancelled: 40))
            let run = try await test.purge(order)
            #expect(run.trees == 2 && run.requests == 2)
            try await test.expectGone([old, cancelled])
            for id in [failed, live, young] { #expect(try await test.store.request(id) != nil) }
        },
        StoreCheck("a dry run counts and takes nothing") { test in
            let old = try await test.ended(.success)
            test.time.advance(by: .seconds(day))
            let run = try await test.purge(PurgeOrder(retention: PurgeRetention(other: 1), isDryRun: true))
            #expect(run.trees == 1 && run.requests == 1 && run.endedTime != nil)
            #expect(try await test.store.request(old) != nil)
        },
        StoreCheck("criteria tell whose trees are taken") { test in
            var submission = StoreSamples.submission()
            submission.facts.application = "GL"
            submission.facts.product = "Ledger"
            let wanted = try await test.ended(.success, submission)
            let other = try await test.ended(.success)
            let criteria = [
                PurgeCriteria(application: "AP"), PurgeCriteria(product: "ledger"),
                PurgeCriteria(application: "GL", executionType: .sql), PurgeCriteria(application: "GL", submitter: "x"),
            ]
            for none in criteria {
                #expect(try await test.purge(PurgeOrder(criteria: none, retention: .init(other: 0))).trees == 0)
            }
            let mine = PurgeCriteria(
                application: "GL",
                product: "Ledger",
                jobDefinition: submission.facts.definitionID,
                jobType: submission.facts.jobTypeID,
                executionType: submission.facts.executor?.executionType,
                submitter: submission.facts.submitter
            )
            #expect(try await test.purge(PurgeOrder(criteria: mine, retention: .init(other: 0))).trees == 1)
            try await test.expectGone([wanted])
            #expect(try await test.store.request(other) != nil)
        },
        StoreCheck("I64 a tree goes with all below it, one that lives not at all") { test in
            let (ended, children) = try await test.endedSet()
            let live = try await test.submit(StoreSamples.jobSet(StoreSamples.plan(.serial, StoreSamples.step("One"))))
            let started = try await test.startAll()
            test.time.advance(by: .seconds(day))
            let run = try await test.purge(PurgeOrder(retention: .init(other: 0)), limit: 1)
            #expect(run.trees == 1 && run.requests == 3)
            try await test.expectGone([ended] + children)
            for id in [live.id] + started.map(\.id) { #expect(try await test.store.request(id) != nil) }
        },
        StoreCheck("a run takes at most its maximum, in whole trees") { test in
            var ids: [RequestID] = []
            for _ in 0..<5 { ids.append(try await test.ended(.success)) }
            let run = try await test.purge(PurgeOrder(retention: .init(other: 0), maxRequests: 2), limit: 1)
            #expect(run.trees == 2)
            try await test.expectGone(Array(ids[..<2]))
            #expect(try await test.purge(PurgeOrder(retention: .init(other: 0), maxRequests: 9)).trees == 3)
            let (_, children) = try await test.endedSet()
            #expect(try await test.purge(PurgeOrder(retention: .init(other: 0), maxRequests: 1)).requests == 3)
            try await test.expectGone(children)
        },
        StoreCheck("chunks of any size go on where the last one ended") { test in
            for _ in 0..<7 { _ = try await test.ended(.success) }
            let run = try await test.begin(PurgeOrder(retention: .init(other: 0)))
            let first = try #require(try await test.store.advancePurge(run.id, limit: 3, clock: test.time))
            #expect(first.run.trees == 3 && first.count == 3 && first.run.endedTime == nil)
            #expect(try await test.store.openPurge() == first.run)
            let end = try await test.finish(run.id, limit: 3)
            #expect(end.trees == 7)
            #expect(try await test.store.openPurge() == nil)
            #expect(try await test.store.purgeRuns(limit: 10) == [end])
            #expect(try await test.store.advancePurge(run.id, limit: 3, clock: test.time)?.run == end)
            #expect(try await test.store.advancePurge(99, limit: 3, clock: test.time) == nil)
        },
        StoreCheck("I64 a tree larger than a chunk goes in parts, oldest first and its root last, and counts once") {
            test in
            let steps = (1...5).map { StoreSamples.step("S\($0)") }
            let plan = JobSetPlan(mode: .parallel, firstStep: "S1", steps: steps)
            let root = try await test.submit(StoreSamples.jobSet(plan)).id
            for _ in 0..<2 {
                for request in try await test.startAll() where request.id != root { try await test.end(request) }
            }
            try await test.expect(root, in: .succeeded)
            let children = try await test.children(of: root).map(\.id)
            let small = try await test.ended(.success)
            let run = try await test.begin(PurgeOrder(retention: .init(other: 0)))
            for part in 1...2 {
                let progress = try #require(try await test.store.advancePurge(run.id, limit: 2, clock: test.time))
                #expect(progress.count == 2 && progress.run.trees == 0 && progress.run.requests == Int64(2 * part))
                #expect(try await test.store.openPurge() == progress.run)
                try await test.expectGone(Array(children.prefix(2 * part)))
                for id in children.dropFirst(2 * part) + [root, small] {
                    #expect(try await test.store.request(id) != nil)
                }
                #expect(try await test.store.earliestDeletion() == nil)
            }
            let third = try #require(try await test.store.advancePurge(run.id, limit: 2, clock: test.time))
            #expect(third.count == 2 && third.run.trees == 1 && third.run.requests == 6)
            try await test.expectGone(children + [root])
            let end = try await test.finish(run.id, limit: 2)
            #expect(end.trees == 2 && end.requests == 7)
            try await test.expectGone([small])
        },
        StoreCheck("I64 a tree that somebody deletes while it goes in parts is removed as one") { test in
            let (set, children) = try await test.endedSet()
            let run = try await test.begin(PurgeOrder(retention: .init(other: 0)))
            let part = try #require(try await test.store.advancePurge(run.id, limit: 1, clock: test.time))
            #expect(part.count == 1 && part.run.endedTime == nil)
            test.time.advance(by: .seconds(60))
            try await test.perform(.delete, on: set)
            let deleted = test.time.now()
            test.time.advance(by: .seconds(60))
            _ = try await test.finish(run.id, limit: 1)
            #expect(try await test.store.earliestDeletion() == deleted)
            #expect(try await test.remove(until: deleted) == 3)
            #expect(try await test.store.storedRequests(among: children + [set]).isEmpty)
        },
        StoreCheck("rows go when their deletion is long ago, the audit trail stays") { test in
            let id = try await test.submit(audit: AuditEntry(principal: "anna", action: "submit")).id
            try await test.end(test.start(id))
            let (set, children) = try await test.endedSet()
            try await test.perform(.delete, on: id)
            test.time.advance(by: .seconds(60))
            try await test.perform(.delete, on: set)
            let deleted = test.time.now()
            #expect(try await test.store.earliestDeletion() == deleted + .seconds(-60))
            #expect(try await test.remove(until: deleted + .seconds(-61)) == 0)
            #expect(try await test.remove(until: deleted + .seconds(-60)) == 1)
            #expect(try await test.remove(until: deleted, limit: 2) == 3)
            #expect(try await test.store.storedRequests(among: [id, set] + children).isEmpty)
            for gone in [id, set] + children {
                #expect(try await test.store.history(of: gone).isEmpty)
            }
            #expect(try await test.store.auditTrail(targetKind: "Request", targetID: id.description).count == 1)
            #expect(try await test.store.earliestDeletion() == nil)
        },
        StoreCheck("of a tree that is too large the youngest go first and the root last") { test in
            let (set, children) = try await test.endedSet()
            try await test.perform(.delete, on: set)
            let now = test.time.now()
            let first = try await test.store.removableRequests(deletedUntil: now, limit: 1)
            #expect(first == [try #require(children.max())])
            #expect(try await test.store.removeRequests(first, deletedUntil: now, clock: test.time).count == 1)
            #expect(try await test.store.removableRequests(deletedUntil: now, limit: 9) == [children[0], set])
        },
        StoreCheck("what is not deleted is never removed, what is kept never offered") { test in
            let kept = try await test.ended(.success)
            #expect(try await test.purge(PurgeOrder(retention: .init(other: 0), isLogicalOnly: true)).trees == 1)
            let alive = try await test.ended(.success)
            test.time.advance(by: .seconds(day))
            let now = test.time.now()
            #expect(try await test.store.removableRequests(deletedUntil: now, limit: 9).isEmpty)
            #expect(try await test.store.earliestDeletion() == nil)
            #expect(try await test.store.removeRequests([alive], deletedUntil: now, clock: test.time).count == 0)
            #expect(try await test.store.storedRequests(among: [kept, alive]) == [kept, alive])
        },
        StoreCheck("each instant of a policy begins one run") { test in
            let (one, two) = (policy("One"), policy("Two"))
            let start = test.time.now()
            #expect(try await test.store.purgeCursors(of: [one, two]) == [one: start, two: start])
            test.time.advance(by: .seconds(60))
            #expect(try await test.store.purgeCursors(of: [one, two]) == [one: start, two: start])
            let due = PurgeInstant(policy: one, cursor: start, instant: start + .seconds(30))
            let order = PurgeOrder(policy: one, isLogicalOnly: true)
            let audit = AuditEntry.system("purge")
            let run = try #require(try await test.store.beginPurge(order, due: due, audit: audit))
            #expect(run.order == order && run.principal == "system" && run.startedTime == test.time.now())
            #expect(try await test.store.beginPurge(order, due: due, audit: audit) == nil)
            #expect(try await test.store.purgeCursors(of: [one]) == [one: due.instant])
            #expect(try await test.store.purgeCursors(of: [one, two])[two] == test.time.now())
            let trail = try await test.store.auditTrail(targetKind: "PurgePolicy", targetID: one.description)
            #expect(trail.map(\.entry) == [audit])
        },
        StoreCheck("a run keeps all that it was told") { test in
            let order = PurgeOrder(
                policy: policy("Ünïcode"),
                criteria: PurgeCriteria(
                    application: "",
                    product: "\u{0}\u{1}",
                    jobDefinition: MetadataObjectID(kind: .jobSet, package: "/a", name: "S"),
                    jobType: BuiltInJobType.allCases.first?.id,
                    executionType: .process,
                    submitter: "anna"
                ),
                retention: PurgeRetention(other: 1, success: 0, error: 36_525, warning: nil, cancelled: 5),
                maxRequests: .max,
                isLogicalOnly: true,
                isDryRun: true
            )
            let run = try await test.begin(order)
            #expect(try await test.store.purgeRuns(limit: 1) == [run])
            #expect(run.order == order && run.principal == "anna")
        },
        StoreCheck("old audit records go, a bounded number at a time") { test in
            for action in ["a", "b", "c", "d"] {
                let entry = AuditEntry(principal: "anna", action: action)
                let record = AuditRecord(
                    time: test.time.now(),
                    entry: entry,
                    targetKind: "X",
                    targetID: "1",
                    outcome: .ok
                )
                try await test.store.append(record)
                test.time.advance(by: .seconds(1))
            }
            let cutoff = test.time.now() + .seconds(-1)
            #expect(try await test.store.removeAudit(before: cutoff, limit: 2, clock: test.time).count == 2)
            #expect(try await test.store.removeAudit(before: cutoff, limit: 2, clock: test.time).count == 1)
            let left = try await test.store.auditTrail(targetKind: "X", targetID: "1")
            #expect(left.map(\.entry.action) == ["d"])
        },
    ]

    static let day: Int64 = 86_400

    private static func policy(_ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: .purgePolicy, package: "/acme", name: name)
    }
}
