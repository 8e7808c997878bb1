import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// GET of the root, of one request and of lists (REST §5.1, §5.2, §5.5).
struct ReadHandler {
    let queries: QueryService
    let forceCancelAfter: @Sendable () -> Duration

    /// What of the version's resources exists here.
    private static let root = RootResource(relations: [.itself, .requests, .submit, .quiesceState])

    func root(_ call: Call) -> Answer { call.answer(Self.root.encoded(by: call.links)) }

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

    func requests(_ call: Call) async throws -> Answer {
        let list = try RequestListQuery(call.query)
        let caller = try call.requireCaller()
        let response: RequestQueryResponse
        if let ids = list.ids {
            response = try await batch(ids, list, caller: caller)
        } else {
            response = try await page(list, caller: caller)
        }
        let bytes = response.encoded(
            by: RequestDetailsEncoder(links: call.links),
            selection: list.selection,
            publicURL: call.publicURL
        )
        return call.answer(bytes, as: .collection)
    }

    private func page(_ list: RequestListQuery, caller: Caller) async throws -> RequestQueryResponse {
        var query = RequestQuery(filter: list.filter, limit: list.limit + (list.isWindow ? 1 : 0))
        query.order = list.order
        query.offset = list.offset
        query.includesParameters = list.selection.contains(.requestParameters)
        let found = try await queries.requests(query, caller: caller)
        return RequestQueryResponse(
            items: try await describe(found.prefix(list.limit)),
            path: "/requests",
            pageIndex: list.isWindow ? nil : 1,
            hasMore: list.isWindow ? found.count > list.limit : nil
        )
    }

    private func batch(
        _ ids: [RequestID],
        _ list: RequestListQuery,
        caller: Caller
    ) async throws -> RequestQueryResponse {
        let found = try await queries.requests(
            ids: ids,
            includesParameters: list.selection.contains(.requestParameters),
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
        return RequestQueryResponse(items: items, path: "/requests", batch: found.count > 1 ? batch : nil)
    }

    /// Store time is asked for only where something that is shown depends on it.
    private func describe(_ found: some Sequence<RequestDetail>) async throws -> [RequestDetails] {
        let needsTime = found.contains { $0.request.runningSince != nil || $0.request.state == .cancelling }
        let now = needsTime ? try await queries.now() : Timestamp(milliseconds: 0)
        let after = forceCancelAfter()
        return found.map { RequestDetails($0, now: now, forceCancelAfter: after) }
    }
}
