/// The rights of one grant, ready to be looked at many times.
package struct GrantedRights: Hashable, Sendable {
    /// Actions on certain requests, the rule's filter read.
    package struct Requests: Hashable, Sendable {
        package let definitions: ResourcePattern
        /// Nil = all requests of the definitions.
        package let filter: RequestFilter?
        package let actions: RequestActionSet

        /// Nil if the filter cannot be read: such a rule allows nothing.
        package init?(_ rule: RequestRule) {
            definitions = rule.definitions
            actions = rule.actions
            guard let text = rule.filter else {
                filter = nil
                return
            }
            guard let parsed = try? Self.parse(text) else { return nil }
            filter = parsed
        }

        /// Reads the filter of a rule. Fails as the query grammar says.
        package static func parse(_ text: String) throws(SchedulerError) -> RequestFilter {
            try FilterParser<RequestField>.parse(text, normalise: MetadataObjectID.canonicalText)
        }
    }

    package let metadata: [MetadataRule]
    package let requests: [Requests]

    package init(_ grant: Grant) {
        metadata = grant.metadata
        requests = grant.requests.compactMap { Requests($0) }
    }
}
