extension Filter where Field == RequestField {
    /// Reads the `q` of a list of requests; metadata ids are brought to their canonical form (REST §7).
    ///
    /// A bare id is one of a definition: whether it is a job set instead depends on the catalogue of the reader.
    package static func requests(
        parsing text: String,
        fields: Set<RequestField> = RequestField.served
    ) throws(SchedulerError) -> RequestFilter {
        try FilterParser<RequestField>.parse(text, fields: fields) { text, kind in
            try? MetadataObjectID(parsing: text, default: kind).description
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
