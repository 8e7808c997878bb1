extension ReadScope {
    /// The scope as a condition that a store can put into its query; nil = everything.
    package var filter: RequestFilter? {
        guard self != .nothing else { return RequestFilter.nothing }
        let enterprise = enterpriseID.map { RequestFilter.comparison(.enterpriseID, .equal, .integer($0)) }
        if isUnlimited { return enterprise }
        var readable: [RequestFilter] = []
        if let userName {
            readable.append(.comparison(.submitter, .equal, .text(userName)))
            readable.append(.comparison(.runAsUser, .equal, .text(userName)))
        }
        for rule in rules {
            switch rule.readable {
            case .everything: return enterprise
            case .nothing: continue
            case .filtered(let filter): readable.append(filter)
            }
        }
        guard let first = readable.first else { return RequestFilter.nothing }
        return RequestFilter.all(of: [enterprise, readable.count > 1 ? .or(readable) : first])
    }
}

extension RequestRule {
    fileprivate enum Readable {
        case everything
        case nothing
        case filtered(RequestFilter)
    }

    /// A filter that cannot be read matches nothing, as in `RightsDecision`.
    fileprivate var readable: Readable {
        let definition: RequestFilter?
        switch definitions.coverage {
        case .nothing: return .nothing
        case .everything: definition = nil
        case .object(let id): definition = .comparison(.jobDefinitionID, .equal, .text(id.description))
        case .prefixes(let prefixes):
            let parts = prefixes.map { RequestFilter.comparison(.jobDefinitionID, .startsWith, .text($0)) }
            definition = parts.count > 1 ? .or(parts) : parts.first
        }
        guard let filter else { return definition.map(Readable.filtered) ?? .everything }
        guard let own = try? RequestFilter.requests(parsing: filter, fields: Set(RequestField.allCases)) else {
            return .nothing
        }
        return RequestFilter.all(of: [definition, own]).map(Readable.filtered) ?? .everything
    }
}
