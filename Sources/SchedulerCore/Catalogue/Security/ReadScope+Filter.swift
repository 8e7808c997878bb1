extension ReadScope {
    /// The scope as a query over single requests; nil = every request.
    ///
    /// A request carries its own definition only, so what a grant on an ancestor's definition lets somebody read is not
    /// part of it.
    package var filter: RequestFilter? {
        guard let userName else { return Self.noRequest }
        let enterprise = enterpriseID.map { RequestFilter.comparison(.enterpriseID, .equal, .integer($0)) }
        guard let readable = readable(by: userName) else { return enterprise }
        return enterprise.map { .and([$0, readable]) } ?? readable
    }

    /// Every request has an id.
    private static let noRequest = RequestFilter.not(.present(.requestID))

    /// What may be read of the enterprise; nil = all of it.
    private func readable(by userName: String) -> RequestFilter? {
        guard !isUnlimited else { return nil }
        var choices: [RequestFilter] = [
            .comparison(.submitter, .equal, .text(userName)),
            .comparison(.runAsUser, .equal, .text(userName)),
        ]
        for rule in rules {
            switch (rule.definitions.filter, rule.filter) {
            case (nil, nil): return nil
            case (let only?, nil), (nil, let only?): choices.append(only)
            case (let definitions?, let filter?): choices.append(.and([definitions, filter]))
            }
        }
        return .or(choices)
    }
}

extension ResourcePattern {
    /// Requests whose own definition or set is meant; nil = all.
    fileprivate var filter: RequestFilter? {
        switch meaning {
        case .nothing: return .not(.present(.requestID))
        case .object(let id): return .comparison(.jobDefinitionID, .equal, .text(id.description))
        case .package(let package, let kind):
            if package.isEmpty, kind == nil { return nil }
            let kinds = kind.map { [$0] } ?? [.jobDefinition, .jobSet]
            let prefixes = kinds.map { kind in
                RequestFilter.comparison(.jobDefinitionID, .startsWith, .text("\(kind.rawValue):/\(package)/"))
            }
            return prefixes.count == 1 ? prefixes[0] : .or(prefixes)
        }
    }
}
