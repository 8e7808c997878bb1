import SchedulerCore

/// The lists of requests (REST §5.2): where each stands, and what it asks for.
enum RequestList {
    /// GET `/requests`.
    case first
    /// GET `/requests/search/{pageIndex}`; the number as the path gives it.
    case page(String)
    /// GET `/query/{application}/requests`.
    case application(String)

    /// Path below the API's base, percent-encoded.
    var path: String {
        switch self {
        case .first: "/requests"
        case .page(let number): "/requests/search/\(PercentEncoding.encoded(number))"
        case .application(let name): "/query/\(PercentEncoding.encoded(name))/requests"
        }
    }

    /// What `q` and `orderBy` may name: where the path says the application, nothing else does.
    var fields: Set<RequestField> {
        if case .application = self { RequestField.served.subtracting([.application]) } else { RequestField.served }
    }

    /// Whether requests may be asked for by their numbers.
    var takesIDs: Bool {
        if case .first = self { true } else { false }
    }

    /// Whether `limit` and `offset` may replace paging.
    var takesWindow: Bool {
        if case .page = self { false } else { true }
    }

    /// - Throws: ESS-05009, ESS-05005.
    func pageIndex(_ query: QueryParameters) throws(SchedulerError) -> Int64 {
        switch self {
        case .first: 1
        case .page(let number): try QueryParameters.integer(number, name: "pageIndex", in: HTTPLimits.pageRange)
        case .application: try query.integer("pageIndex", in: HTTPLimits.pageRange) ?? 1
        }
    }
}
