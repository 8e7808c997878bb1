/// Which requests a work assignment is for: a filter in the query grammar over `SpecializationField`.
package struct Specialization: Hashable, Sendable {
    package let filter: Filter<SpecializationField>
    /// As it was written.
    package let text: String

    /// Reads a filter; a bare id is one of a definition.
    ///
    /// Fails with ESS-05010 (syntax), 05011 (attribute), 05012 (operator), 05013 (value) or 05018 (too long or deep).
    package init(parsing text: String) throws(SchedulerError) {
        filter = try FilterParser<SpecializationField>.parse(text, normalise: MetadataObjectID.canonicalText)
        self.text = text
    }

    package init(_ filter: Filter<SpecializationField>) {
        self.filter = filter
        text = filter.description
    }

    package func matches(_ facts: SpecializationFacts) -> Bool {
        FilterEvaluator<SpecializationField> { facts[$0] }.matches(filter)
    }
}
