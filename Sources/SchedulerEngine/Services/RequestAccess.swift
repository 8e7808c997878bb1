package import SchedulerCore

/// Finds requests and says what a caller may do with them: the first steps of every operation on one request.
package struct RequestAccess: Sendable {
    private let store: any RequestStore
    private let catalogue: CatalogueHolder

    package init(store: any RequestStore, catalogue: CatalogueHolder) {
        self.store = store
        self.catalogue = catalogue
    }

    /// The request, if the caller may do `action` with it.
    ///
    /// - Throws: ESS-01001 for an unknown or deleted one; then ESS-02004 or ESS-02003.
    package func request(_ id: RequestID, for action: RequestAction, caller: Caller) async throws -> RequestDetail {
        let detail = try await existing(id)
        let facts = detail.request.rightsFacts
        try decision(for: caller).require(action, on: facts, matches: Self.matcher(detail.request))
        return detail
    }

    package func existing(_ id: RequestID) async throws -> RequestDetail {
        guard let detail = try await store.request(id) else { throw SchedulerError(1001, id.description) }
        return detail
    }

    package func actions(on request: JobRequest, caller: Caller) -> RequestActionSet {
        decision(for: caller).actions(on: request.rightsFacts, matches: Self.matcher(request))
    }

    package func decision(for caller: Caller) -> RightsDecision {
        RightsDecision(principal: caller.principal, catalogue: catalogue.current)
    }

    private static func matcher(_ request: JobRequest) -> RightsDecision.FilterMatch {
        { text in
            let fields = Set(RequestField.allCases)
            guard let filter = try? RequestFilter.requests(parsing: text, fields: fields) else { return false }
            return FilterEvaluator { request.value(of: $0) }.matches(filter)
        }
    }
}

extension JobRequest {
    /// What rights on the request depend on.
    package var rightsFacts: RequestRightsFacts {
        RequestRightsFacts(
            requestID: id,
            submitter: facts.submitter,
            runAsUser: facts.runAsUser,
            enterpriseID: facts.enterpriseID,
            definitions: [facts.definitionID]
        )
    }
}
