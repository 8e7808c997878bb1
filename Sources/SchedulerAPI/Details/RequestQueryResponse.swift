package import SchedulerCore

/// Answer to a query (REST §3.6).
package struct RequestQueryResponse: Sendable {
    /// One of the requests that were asked for by id, found or not.
    package enum BatchItem: Sendable {
        case found(RequestDetails)
        /// The id as asked for, and why the request is not shown.
        case refused(Int64, SchedulerError)
    }

    package var items: [RequestDetails]
    /// Path of the collection below the API's base, percent-encoded, without query: `/requests`.
    package var path: String
    /// Nil where paging is replaced by `limit`, `offset` or `id`.
    package var pageIndex: Int?
    /// Nil unless the caller used `limit` or `offset`.
    package var hasMore: Bool?
    /// One entry for each of several ids that were asked for; nil otherwise.
    package var batch: [BatchItem]?

    package init(
        items: [RequestDetails],
        path: String,
        pageIndex: Int? = nil,
        hasMore: Bool? = nil,
        batch: [BatchItem]? = nil
    ) {
        self.items = items
        self.path = path
        self.pageIndex = pageIndex
        self.hasMore = hasMore
        self.batch = batch
    }

    /// The body of the answer: each request with the members of `selection`, written by `encoder` in its profile.
    /// `publicURL` is the configured base URL, for the errors of `batch`.
    package func encoded(
        by encoder: RequestDetailsEncoder,
        selection: FieldSelection = .basic,
        publicURL: String
    ) -> [UInt8] {
        let count = items.count + (batch?.count ?? 0)
        var writer = JSONWriter(capacity: 256 + count * RequestDetailsEncoder.typicalBytes)
        writer.beginObject()
        if let batch {
            writer.name("batch")
            writer.beginArray()
            for item in batch {
                item.write(by: encoder, selection: selection, publicURL: publicURL, to: &writer)
            }
            writer.endArray()
        }
        writer.member("count", items.count)
        writer.member("hasMore", hasMore)
        writer.name("items")
        writer.beginArray()
        for item in items { encoder.write(item, selection: selection, to: &writer) }
        writer.endArray()
        writer.name("links")
        writer.beginArray()
        encoder.links.collectionLink(path: path).write(to: &writer)
        writer.endArray()
        writer.member("pageIndex", pageIndex)
        writer.endObject()
        return writer.bytes
    }
}

extension RequestQueryResponse.BatchItem {
    fileprivate func write(
        by encoder: RequestDetailsEncoder,
        selection: FieldSelection,
        publicURL: String,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        switch self {
        case .found(let details):
            writer.member("id", details.requestId.value)
            writer.name("request")
            encoder.write(details, selection: selection, to: &writer)
            writer.member("status", 200)
        case .refused(let id, let error):
            writer.name("error")
            SimpleExceptionDetail(error, publicURL: publicURL).write(to: &writer)
            writer.member("id", id)
            writer.member("status", error.status)
        }
        writer.endObject()
    }
}
