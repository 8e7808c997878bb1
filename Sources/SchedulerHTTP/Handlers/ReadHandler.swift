import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// GET of the root, of one request, of rights on it and of lists (REST §5.1, §5.2, §5.5, §5.8).
struct ReadHandler {
    let queries: QueryService
    let catalogue: CatalogueHolder
    /// `cluster.name`.
    let cluster: String
    let forceCancelAfter: @Sendable () -> Duration

    func root(_ call: Call) -> Answer { call.answer(RootResource().encoded(by: call.links)) }

    func request(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let selection = FieldSelection(
            fields: call.query["fields"],
            excludeFields: call.query["excludeFields"],
            default: .full
        )
        let detail = try await queries.request(id, caller: call.requireCaller())
        let details = try await describe([detail])
        guard let first = details.first else { throw SchedulerError(1001, id.description) }
        let bytes = RequestDetailsEncoder(links: call.links)
            .encoded(first, selection: selection, linkFilter: LinkFilter(query: call.query["links"]))
        return call.answer(bytes, as: .singular)
    }

    func permissions(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let found = try await queries.permissions(on: id, caller: call.requireCaller())
        let answer = PermissionsAnswer(lineage: RequestLineage(found.request), actions: found.actions)
        return call.answer(answer.encoded(by: call.links), as: .report)
    }

    func requests(_ list: RequestList, _ call: Call) async throws -> Answer {
        let query = try RequestListQuery(call.query, of: list, catalogue.current)
        let caller = try call.requireCaller()
        let response: RequestQueryResponse
        if let ids = query.ids {
            response = try await batch(ids, query, path: list.path, caller: caller)
        } else {
            response = try await page(list, query, caller: caller)
        }
        let bytes = response.encoded(
            by: RequestDetailsEncoder(links: call.links),
            selection: query.selection,
            publicURL: call.publicURL
        )
        return call.answer(bytes, as: .collection)
    }

    private func page(
        _ list: RequestList,
        _ asked: RequestListQuery,
        caller: Caller
    ) async throws -> RequestQueryResponse {
        var query = RequestQuery(filter: asked.filter, limit: asked.limit + (asked.isWindow ? 1 : 0))
        query.order = asked.order
        query.offset = asked.offset
        query.includesParameters = asked.selection.contains(.requestParameters)
        let found =
            if case .application(let name) = list {
                try await queries.requests(ofApplication: name, query, caller: caller)
            } else {
                try await queries.requests(query, caller: caller)
            }
        return RequestQueryResponse(
            items: try await describe(found.prefix(asked.limit)),
            path: list.path,
            pageIndex: asked.pageIndex,
            hasMore: asked.isWindow ? found.count > asked.limit : nil
        )
    }

    private func batch(
        _ ids: [RequestID],
        _ asked: RequestListQuery,
        path: String,
        caller: Caller
    ) async throws -> RequestQueryResponse {
        let found = try await queries.requests(
            ids: ids,
            includesParameters: asked.selection.contains(.requestParameters),
            caller: caller
        )
        let items = try await describe(found.compactMap { try? $0.result.get() })
        let shown = Dictionary(uniqueKeysWithValues: items.map { ($0.requestId, $0) })
        let batch = found.compactMap { item -> RequestQueryResponse.BatchItem? in
            switch item.result {
            case .success: shown[item.id].map { .found($0) }
            case .failure(let error): .refused(item.id.value, error)
            }
        }
        return RequestQueryResponse(items: items, path: path, batch: found.count > 1 ? batch : nil)
    }

    /// Store time is asked for only where something that is shown depends on it.
    private func describe(_ found: some Sequence<RequestDetail>) async throws -> [RequestDetails] {
        let needsTime = found.contains { $0.request.runningSince != nil || $0.request.state == .cancelling }
        let now = needsTime ? try await queries.now() : Timestamp(milliseconds: 0)
        let after = forceCancelAfter()
        return found.map { RequestDetails($0, now: now, forceCancelAfter: after, cluster: cluster) }
    }
}
