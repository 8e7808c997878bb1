extension Filter where Field == RequestField {
    /// Reads the `q` of a list of requests; metadata ids are brought to their canonical form (REST §7).
    ///
    /// - Parameters:
    ///   - text: in the query grammar.
    ///   - fields: what it may name.
    ///   - catalogue: says which bare ids are those of job sets (REST §2.7); without one, all are definitions'.
    /// - Returns: the filter.
    /// - Throws: ESS-05010 to 05013, 05018.
    package static func requests(
        parsing text: String,
        fields: Set<RequestField> = RequestField.served,
        catalogue: Catalogue? = nil
    ) throws(SchedulerError) -> RequestFilter {
        try FilterParser<RequestField>.parse(text, fields: fields) { text, kind in
            guard let id = try? MetadataObjectID(parsing: text, default: kind) else { return nil }
            return (catalogue?.jobSetID(text, insteadOf: id) ?? id).description
        }
    }

    /// Matches no request: numbers are positive.
    package static var nothing: RequestFilter { .comparison(.requestID, .less, .integer(0)) }

    /// All of the parts; nil stands for everything.
    package static func all(of parts: [RequestFilter?]) -> RequestFilter? {
        let given = parts.compactMap(\.self)
        return given.count > 1 ? .and(given) : given.first
    }
}

extension Catalogue {
    /// The job set that a bare id means where there is no definition of it; nil where it is none.
    fileprivate func jobSetID(_ text: String, insteadOf id: MetadataObjectID) -> MetadataObjectID? {
        guard id.kind == .jobDefinition, self[id] == nil,
            let set = try? MetadataObjectID(parsing: text, default: .jobSet), set.kind == .jobSet, self[set] != nil
        else { return nil }
        return set
    }
}
