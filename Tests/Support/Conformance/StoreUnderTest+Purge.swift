package import SchedulerCore
package import Testing

/// Steps of a purge.
extension StoreUnderTest {
    package func begin(_ order: PurgeOrder) async throws -> PurgeRun {
        let audit = AuditEntry(principal: "anna", action: "purge")
        return try #require(try await store.beginPurge(order, due: nil, audit: audit))
    }

    /// A run from its beginning to its end.
    @discardableResult
    package func purge(_ order: PurgeOrder, limit: Int = 10) async throws -> PurgeRun {
        try await finish(begin(order).id, limit: limit)
    }

    package func finish(_ id: Int64, limit: Int) async throws -> PurgeRun {
        while true {
            let run = try #require(try await store.advancePurge(id, limit: limit, clock: time)).run
            if run.endedTime != nil { return run }
        }
    }

    /// Removes for good whatever may go.
    ///
    /// - Returns: how many requests.
    package func remove(until cutoff: Timestamp, limit: Int = 10) async throws -> Int {
        var count = 0
        while true {
            let ids = try await store.removableRequests(deletedUntil: cutoff, limit: limit)
            if ids.isEmpty { return count }
            let removed = try await store.removeRequests(ids, deletedUntil: cutoff, clock: time).count
            try #require(removed == ids.count)
            count += removed
        }
    }

    /// A request that ran to an end.
    package func ended(
        _ outcome: ExecutableOutcome,
        _ submission: Submission = StoreSamples.submission()
    ) async throws -> RequestID {
        let id = try await submit(submission).id
        let running = try #require(try await startAll().first { $0.id == id })
        try await end(running, outcome)
        return id
    }

    /// A set of two steps that ran to its end.
    package func endedSet() async throws -> (root: RequestID, children: [RequestID]) {
        let steps = StoreSamples.plan(.parallel, StoreSamples.step("One"), StoreSamples.step("Two"))
        let root = try await submit(StoreSamples.jobSet(steps)).id
        for _ in 0..<2 {
            for request in try await startAll() where request.lineage.absParentID == root && request.id != root {
                try await end(request)
            }
        }
        try await expect(root, in: .succeeded)
        return (root, try await children(of: root).map(\.id))
    }

    package func expectGone(_ ids: [RequestID], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for id in ids { #expect(try await store.request(id) == nil, "\(id)", sourceLocation: sourceLocation) }
        #expect(try await store.storedRequests(among: ids) == Set(ids), sourceLocation: sourceLocation)
    }
}
