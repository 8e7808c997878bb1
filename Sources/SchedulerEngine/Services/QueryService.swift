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
    private let applications: ApplicationRegister

    package init(store: any RequestStore, access: RequestAccess, applications: ApplicationRegister) {
        self.store = store
        self.access = access
        self.applications = applications
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

    /// The same of one application.
    ///
    /// - Parameters:
    ///   - application: by its name.
    ///   - query: which of its requests.
    ///   - caller: who reads.
    /// - Returns: those that he may read.
    /// - Throws: ESS-03005 where nothing names the application; `StoreFault`.
    package func requests(
        ofApplication application: String,
        _ query: RequestQuery,
        caller: Caller
    ) async throws -> [RequestDetail] {
        var query = query
        query.filter = .all(of: [.comparison(.application, .equal, .text(application)), query.filter])
        let found = try await requests(query, caller: caller)
        // Whoever has requests to show exists.
        if found.isEmpty, try await !applications.contains(application) {
            throw SchedulerError(3005, String(application.prefix(NodeService.quotedCharacters)))
        }
        return found
    }

    /// What the caller may do with a request that he may read.
    ///
    /// - Parameters:
    ///   - id: of the request.
    ///   - caller: who asks; needs READ.
    /// - Returns: the request, and the single actions that he has on it.
    /// - Throws: ESS-01001, ESS-02003; `StoreFault`.
    package func permissions(
        on id: RequestID,
        caller: Caller
    ) async throws -> (request: JobRequest, actions: RequestActionSet) {
        let request = try await access.request(id, for: .read, caller: caller).request
        return (request, access.actions(on: request, caller: caller))
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
