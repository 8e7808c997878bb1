import SchedulerAPI
import SchedulerCore

/// The query parameters of a list, checked (REST §5.2).
struct RequestListQuery {
    let ids: [RequestID]?
    let filter: RequestFilter?
    let order: RequestSortOrder
    let selection: FieldSelection
    let limit: Int
    let offset: Int
    /// Whether `limit` or `offset` replaces paging.
    let isWindow: Bool

    /// - Throws: ESS-05005, 05008 to 05016, 05018.
    init(_ query: QueryParameters) throws(SchedulerError) {
        selection = FieldSelection(
            fields: query["fields"],
            excludeFields: query["excludeFields"],
            default: .basic
        )
        ids = try query.integers("id", max: HTTPLimits.idsMax)?.map { RequestID($0) }
        guard ids == nil else {
            guard query["q"] == nil else { throw SchedulerError(5016) }
            (filter, order, limit, offset, isWindow) = (nil, .standard, 1, 0, false)
            return
        }
        filter = try query["q"].map { text throws(SchedulerError) in try RequestFilter.requests(parsing: text) }
        order =
            try query["orderBy"].map { text throws(SchedulerError) in
                try RequestSortOrder(parsing: text, fields: RequestField.served)
            } ?? .standard
        let limit = try query.integer("limit", in: HTTPLimits.limitRange)
        let offset = try query.integer("offset", in: 0...Int64.max)
        self.limit = limit.map { Int($0) } ?? HTTPLimits.pageItems
        self.offset = Int(offset ?? 0)
        isWindow = limit != nil || offset != nil
    }
}
