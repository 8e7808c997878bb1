package import SchedulerCore

/// A list of requests (REST §3.6).
package struct RequestPageView: AnswerView {
    package let json: JSONValue
    package let items: [RequestView]

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        guard json["items"]?.kind == .array else { throw .unreadable("holds no list of requests") }
        items = try json.views("items")
    }

    /// From 1; nil where `limit`, `offset` or ids took the place of pages.
    package var pageIndex: Int? { json.count("pageIndex") }
    /// Nil unless the call used `limit` or `offset`.
    package var hasMore: Bool? { json.flag("hasMore") }
    package var links: [Link] { json.links() }

    /// What became of each id, where several were asked for; else none.
    package var batch: [BatchItem] {
        json.list("batch").compactMap { item in
            guard let id = item.requestID("id"), let status = item.count("status") else { return nil }
            return BatchItem(
                id: id,
                status: status,
                request: item["request"].map { RequestView($0) },
                errorCode: item["error"]?.text("errorCode")
            )
        }
    }

    /// One of several requests that were asked for by their ids.
    package struct BatchItem: Sendable {
        package let id: RequestID
        /// As if it had been asked for alone: 200, 403 or 404.
        package let status: Int
        package let request: RequestView?
        package let errorCode: String?
    }
}
