/// What a request needs of the lock table before it may start: by the metadata in force (runtime §7.1).
package struct LockDemand: Hashable, Sendable {
    /// Its own.
    package var tokens: [LockToken] = []
    /// Those of all steps below a set that has tokens itself.
    package var reservations: [LockToken] = []
    /// Its place among the running requests of its definition; nil where these are not limited.
    package var slot: Slot?

    package struct Slot: Hashable, Sendable {
        package let key: LockKey
        /// `SYS_EXT_maxConcurrent`, at least 1.
        package let limit: Int
        let token: LockToken

        init(_ definition: MetadataObjectID, limit: Int) {
            key = LockKey(definition)
            self.limit = limit
            token = LockToken(key, entity: definition)
        }
    }

    package init() {}

    /// - Parameters:
    ///   - request: about to start.
    ///   - parameters: merged ones of the request.
    ///   - steps: what it runs, if it is a set.
    ///   - catalogue: in force.
    package init(_ request: JobRequest, _ parameters: [Parameter], steps: JobSetPlan?, catalogue: Catalogue) {
        let definition = request.facts.definitionID
        tokens = Self.tokens(of: request.facts, parameters, catalogue)
        if let limit = catalogue.resolvedDefinition(definition)?.maxConcurrent, limit > 0 {
            slot = Slot(definition, limit: limit)
        }
        if let steps, !tokens.isEmpty { reserve(steps, catalogue) }
    }

    package var isEmpty: Bool { tokens.isEmpty && slot == nil }

    /// Keys that are asked about, in ascending order, each once.
    package var keys: [LockKey] {
        Set((tokens + reservations).map(\.key) + (slot.map { [$0.key] } ?? [])).sorted()
    }

    /// What the request has once it has started.
    ///
    /// - Parameters:
    ///   - request: that starts.
    ///   - sharesSlot: an ancestor's slot is its slot, too.
    /// - Returns: its claims, those of a set for its steps included.
    func held(by request: JobRequest, sharesSlot: Bool) -> [LockClaim] {
        var claims = tokens.map { LockClaim($0, of: request, .held) }
        claims += reservations.map { LockClaim($0, of: request, .reserved) }
        if let slot, !sharesSlot { claims.append(LockClaim(slot.token, of: request, .held)) }
        return claims
    }

    /// What it waits for while something stands in the way of its tokens.
    func awaited(by request: JobRequest, above: Set<LockKey>) -> [LockClaim] {
        (tokens + reservations).map { LockClaim($0, of: request, .waiting, isInner: above.contains($0.key)) }
    }

    private mutating func reserve(_ plan: JobSetPlan, _ catalogue: Catalogue) {
        for step in plan.steps {
            for token in Self.tokens(of: step.facts, step.parameters, catalogue)
            where !reservations.contains(token) && !tokens.contains(token) {
                reservations.append(token)
            }
            if let nested = step.nested { reserve(nested, catalogue) }
        }
    }

    private static func tokens(
        of facts: RequestFacts,
        _ parameters: [Parameter],
        _ catalogue: Catalogue
    ) -> [LockToken] {
        let entity = facts.definitionID
        return catalogue.incompatibilities(of: entity).compactMap { incompatibility in
            guard let part = incompatibility.entity(entity) else { return nil }
            var value = ""
            if incompatibility.type == .domain {
                guard let property = part.property, let found = self.value(of: property, facts, parameters) else {
                    return nil
                }
                value = found
            }
            let key = LockKey(incompatibility.id, value: value)
            return LockToken(key, entity: entity, isSelfIncompatible: part.isSelfIncompatible)
        }
    }

    /// A property without a value never conflicts; nor does a secret one, whose value nobody can compare.
    private static func value(of property: String, _ facts: RequestFacts, _ parameters: [Parameter]) -> String? {
        let fact: String? =
            switch property {
            case "SYS_application": facts.application
            case "SYS_userName": facts.runAsUser
            case "SYS_product": facts.product
            case "SYS_requestCategory": facts.requestCategory
            default: nil
            }
        if let fact { return fact }
        let found = parameters.last { $0.name == property }
        guard let found, !found.isSecret, let value = found.value, !value.isEmpty else { return nil }
        return value
    }
}

extension Catalogue {
    /// Whether requests of a definition or set may have to wait for others.
    package func mayLock(_ definition: MetadataObjectID) -> Bool {
        !incompatibilities(of: definition).isEmpty || (resolvedDefinition(definition)?.maxConcurrent ?? 0) > 0
    }
}
