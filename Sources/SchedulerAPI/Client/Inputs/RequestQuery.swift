package import SchedulerCore

/// Which requests a list shows, and what of each (REST §5.2).
package struct RequestQuery: Sendable {
    /// REST §7; nil = all.
    package var filter: String?
    /// A field of filters, perhaps with `:asc` or `:desc`; nil = by number.
    package var orderBy: String?
    /// Members, or `@full` or `@basic`; none = what the server shows unasked.
    package var fields: [String] = []
    /// 1 to 500; nil = pages of 200. Not for a numbered page.
    package var limit: Int?
    package var offset: Int?
    /// These alone; of the list of all requests only.
    package var ids: [RequestID] = []

    package init(filter: String? = nil, fields: [String] = []) {
        self.filter = filter
        self.fields = fields
    }

    var items: [(name: String, value: String?)] {
        [
            ("q", filter), ("orderBy", orderBy), ("fields", fields.isEmpty ? nil : fields.joined(separator: ",")),
            ("limit", limit.map { String($0) }), ("offset", offset.map { String($0) }),
            ("id", ids.isEmpty ? nil : ids.map(\.description).joined(separator: ",")),
        ]
    }
}
