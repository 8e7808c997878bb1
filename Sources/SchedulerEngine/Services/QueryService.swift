package import SchedulerCore

/// Reads requests for callers (REST §5.2, §5.5).
package struct QueryService: Sendable {
    /// One id of a batch and what was found for it.
    package struct BatchItem: Sendable {
        package let id: RequestID
        package let result: Result<RequestDetail, SchedulerError>
    }

    private let store: any RequestStore
    private let access: RequestAccess

    package init(store: any RequestStore, access: RequestAccess) {
        self.store = store
        self.access = access
    }

    /// One request; ESS-01001, ESS-02003.
    package func request(_ id: RequestID, caller: Caller) async throws -> RequestDetail {
        try await access.request(id, for: .read, caller: caller)
    }

    /// A list of what the caller may read.
    package func requests(_ query: RequestQuery, caller: Caller) async throws -> [RequestDetail] {
        var query = query
        query.visibility = access.decision(for: caller).readScope.filter
        return try await store.requests(query)
    }

    /// Requests by number, duplicates once, in the order asked for, each found, forbidden or missing.
    package func requests(
        ids: [RequestID],
        includesParameters: Bool,
        caller: Caller
    ) async throws -> [BatchItem] {
        var seen: Set<RequestID> = []
        let wanted = ids.filter { seen.insert($0).inserted }
        var query = RequestQuery(limit: max(1, wanted.count))
        query.ids = wanted
        query.includesParameters = includesParameters
        let found = try await store.requests(query)
        let details = Dictionary(uniqueKeysWithValues: found.map { ($0.request.id, $0) })
        return wanted.map { id in BatchItem(id: id, result: result(details[id], id, caller)) }
    }

    private func result(
        _ detail: RequestDetail?,
        _ id: RequestID,
        _ caller: Caller
    ) -> Result<RequestDetail, SchedulerError> {
        guard let detail else { return .failure(SchedulerError(1001, id.description)) }
        guard access.actions(on: detail.request, caller: caller).contains(.read) else {
            return .failure(SchedulerError(2003, caller.principal.userName, id.description))
        }
        return .success(detail)
    }

    /// Instant from which forceCancel is allowed, nil while it cannot be (REST §6).
    package func earliestForceCancel(_ request: JobRequest, forceCancelAfter: Duration) -> Timestamp? {
        ForceCancelRule.earliestTime(request, forceCancelAfter: forceCancelAfter)
    }

    /// Store time, against which `isForceCancelAllowed` is shown.
    package func now() async throws -> Timestamp { try await store.now() }
}
