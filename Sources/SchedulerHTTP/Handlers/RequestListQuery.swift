import SchedulerAPI
import SchedulerCore

/// The query parameters of a list, checked (REST §5.2). Those that the list does not know are for nobody.
struct RequestListQuery {
    let ids: [RequestID]?
    let filter: RequestFilter?
    let order: RequestSortOrder
    let selection: FieldSelection
    let limit: Int
    let offset: Int
    /// Nil where `limit`, `offset` or `id` replaces paging.
    let pageIndex: Int?

    /// Whether `limit` or `offset` replaces paging.
    var isWindow: Bool { pageIndex == nil && ids == nil }

    /// - Parameters:
    ///   - query: of the call.
    ///   - list: which is asked for.
    ///   - catalogue: says what bare ids mean.
    /// - Throws: ESS-05005, 05008 to 05016, 05018.
    init(_ query: QueryParameters, of list: RequestList, _ catalogue: Catalogue) throws(SchedulerError) {
        selection = FieldSelection(
            fields: query["fields"],
            excludeFields: query["excludeFields"],
            default: .basic
        )
        let ids = list.takesIDs ? try query.integers("id", max: HTTPLimits.idsMax) : nil
        self.ids = ids?.map { RequestID($0) }
        guard ids == nil else {
            guard query["q"] == nil else { throw SchedulerError(5016) }
            (filter, order, limit, offset, pageIndex) = (nil, .standard, 1, 0, nil)
            return
        }
        let fields = list.fields
        filter = try query["q"].map { text throws(SchedulerError) in
            try RequestFilter.requests(parsing: text, fields: fields, catalogue: catalogue)
        }
        order =
            try query["orderBy"].map { text throws(SchedulerError) in
                try RequestSortOrder(parsing: text, fields: fields)
            } ?? .standard
        let page = try list.pageIndex(query)
        let limit = list.takesWindow ? try query.integer("limit", in: HTTPLimits.limitRange) : nil
        let offset = list.takesWindow ? try query.integer("offset", in: 0...Int64.max) : nil
        guard limit == nil, offset == nil else {
            self.limit = limit.map { Int($0) } ?? HTTPLimits.pageItems
            self.offset = Int(offset ?? 0)
            pageIndex = nil
            return
        }
        self.limit = HTTPLimits.pageItems
        self.offset = (Int(page) - 1) * HTTPLimits.pageItems
        pageIndex = Int(page)
    }
}
