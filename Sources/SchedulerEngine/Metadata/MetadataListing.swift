package import SchedulerCore

/// What a list of metadata objects is asked for (administration §3).
package struct MetadataListing: Sendable {
    package var filter: Filter<MetadataField>?
    /// Nil = by id.
    package var order: SortOrder<MetadataField>?
    package var limit: Int
    /// What the page before said comes next.
    package var cursor: String?

    package init(
        filter: Filter<MetadataField>? = nil,
        order: SortOrder<MetadataField>? = nil,
        limit: Int,
        cursor: String? = nil
    ) {
        self.filter = filter
        self.order = order
        self.limit = limit
        self.cursor = cursor
    }

    /// The page of the objects that match.
    ///
    /// - Throws: ESS-05005 for a cursor of another list.
    func page(of objects: [MetadataObject], in catalogue: Catalogue) throws(SchedulerError) -> MetadataPage {
        let matching = objects.filter { object in
            guard let filter else { return true }
            return FilterEvaluator { object.value(of: $0, in: catalogue) }.matches(filter)
        }
        var places = matching.map { object in
            (place: MetadataCursor(object, order, catalogue), object: object)
        }
        .sorted { $0.place.precedes($1.place, order) }
        if let cursor {
            let last = try MetadataCursor(parsing: cursor, order)
            places = places.filter { last.precedes($0.place, order) }
        }
        let shown = places.prefix(limit)
        let hasMore = places.count > limit
        return MetadataPage(items: shown.map(\.object), nextCursor: hasMore ? shown.last?.place.text(order) : nil)
    }
}

/// One page of a list.
package struct MetadataPage: Sendable {
    package let items: [MetadataObject]
    /// Nil on the last one.
    package let nextCursor: String?
}

/// The place of an object in an ordered list: where the next page goes on, whatever changes meanwhile.
private struct MetadataCursor {
    /// Of the field that the list is ordered by.
    let value: FilterValue?
    let id: String

    init(_ object: MetadataObject, _ order: SortOrder<MetadataField>?, _ catalogue: Catalogue) {
        value = order.flatMap { object.value(of: $0.field, in: catalogue) }
        id = object.id.description
    }

    /// - Throws: ESS-05005.
    init(parsing text: String, _ order: SortOrder<MetadataField>?) throws(SchedulerError) {
        let refusal = SchedulerError(5005, "cursor", "what nextCursor of the same list says")
        guard let plain = Base64URL.decode(text) else { throw refusal }
        let parts = plain.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == Self.name(of: order) else { throw refusal }
        id = parts[1]
        switch parts[2].utf8.first {
        case nil: value = nil
        case UInt8(ascii: "t"): value = .text(String(parts[2].dropFirst()))
        case UInt8(ascii: "d"):
            guard let milliseconds = Int64(parts[2].dropFirst()) else { throw refusal }
            value = .dateTime(Timestamp(milliseconds: milliseconds))
        default: throw refusal
        }
    }

    func text(_ order: SortOrder<MetadataField>?) -> String {
        let shown =
            switch value {
            case .text(let text): "t\(text)"
            case .dateTime(let time): "d\(time.milliseconds)"
            case .integer, .boolean, nil: ""
            }
        return Base64URL.encode("\(Self.name(of: order))\n\(id)\n\(shown)")
    }

    func precedes(_ other: MetadataCursor, _ order: SortOrder<MetadataField>?) -> Bool {
        order?.precedes(value, other.value) ?? id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }

    private static func name(of order: SortOrder<MetadataField>?) -> String {
        order.map { "\($0.field.rawValue):\($0.direction.rawValue)" } ?? "id"
    }
}
