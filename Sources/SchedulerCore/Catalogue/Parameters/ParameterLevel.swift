/// Parameters that one place contributes to a merge (administration §1.3).
package struct ParameterLevel: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        case jobType(MetadataObjectID)
        case definition(MetadataObjectID)
        /// The only level that may change what an earlier one fixed.
        case customization(MetadataObjectID)
        case jobSet(MetadataObjectID)
        /// Step of a set, by its id within that set.
        case step(String, of: MetadataObjectID)
    }

    package let source: Source
    package let parameters: [Parameter]

    package init(_ source: Source, _ parameters: [Parameter]) {
        self.source = source
        self.parameters = parameters
    }

    /// The level for what lies deeper in its step: without what is said about the step alone.
    var asOuter: ParameterLevel {
        guard case .step = source else { return self }
        return ParameterLevel(source, parameters.filter { $0.name != JobSetStep.selectStateName })
    }
}
