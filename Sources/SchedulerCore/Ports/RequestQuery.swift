/// What a list of requests asks of a store.
package struct RequestQuery: Hashable, Sendable {
    /// Only these, in the order given; nil = all.
    package var ids: [RequestID]?
    /// What the caller asked for; nil = everything.
    package var filter: RequestFilter?
    /// What the reader may see; nil = everything. Part of the store's own query, never a filter afterwards.
    package var visibility: RequestFilter?
    package var order: RequestSortOrder = .standard
    /// At most so many, at least 1.
    package var limit: Int
    package var offset = 0
    /// Whether the merged parameters are wanted.
    package var includesParameters = false

    package init(filter: RequestFilter? = nil, limit: Int) {
        self.filter = filter
        self.limit = limit
    }
}
