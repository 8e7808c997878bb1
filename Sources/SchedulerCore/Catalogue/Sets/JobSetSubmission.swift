/// What a caller submits to a job set, checked against its steps and ready to be laid over each of them.
package struct JobSetSubmission: Sendable {
    package let jobSet: ResolvedJobSet
    /// In the order of their merge.
    private let submitted: [SubmittedParameter]
    /// Types for parameters that come without one to a request that does not declare them.
    private let types: [String: ParameterType]
    private let properties: SubmittedProperties

    /// - Parameters:
    ///   - submitted: parameters without scope are for every request; those with one for the step of that path and all
    ///     below it, longer paths later.
    ///   - properties: for every request, above all parameters.
    ///   - jobSet: the set that is submitted itself, no inner one.
    /// - Throws: ESS-03008 (scope that is no step) or 05008 (too many parameters).
    package init(
        _ submitted: [SubmittedParameter],
        properties: SubmittedProperties = SubmittedProperties(),
        to jobSet: ResolvedJobSet
    ) throws(SchedulerError) {
        guard submitted.count <= ParameterLimits.countMax else {
            throw SchedulerError(5008, "requestParameters", String(ParameterLimits.countMax))
        }
        for scope in Set(submitted.compactMap(\.scope)).sorted() where jobSet.step(at: scope) == nil {
            throw Self.noStep(scope, of: jobSet)
        }
        self.jobSet = jobSet
        self.properties = properties
        let ordered = submitted.enumerated().sorted {
            ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset)
        }
        self.submitted = ordered.map(\.element)
        let untyped = Set(submitted.lazy.filter { $0.type == nil }.map(\.name))
        types = untyped.isEmpty ? [:] : Self.declaredTypes(of: untyped, in: jobSet)
    }

    /// The parameters of one request, those with a scope standing there without it.
    ///
    /// - Parameter path: dotted path of a step; nil = the request of the set itself.
    /// - Returns: what the request is born with.
    /// - Throws: ESS-03008 (no such step) and the codes of `ParameterMerge.submit(_:properties:onto:overridable:)`.
    package func parameters(of path: String?) throws(SchedulerError) -> MergedParameters {
        var base = jobSet.table
        var overridable = jobSet.overridable
        if let path {
            guard let step = jobSet.step(at: path) else { throw Self.noStep(path, of: jobSet) }
            base = step.table
            overridable = step.overridable
        }
        let meant = submitted.filter { $0.isMeant(for: path) }.map { parameter in
            var own = parameter
            own.scope = nil
            own.type = parameter.type ?? base[parameter.name]?.type ?? types[parameter.name]
            return own
        }
        return try ParameterMerge.submit(meant, properties: properties, onto: base, overridable: overridable)
    }

    /// The type under which the set, else the first of its steps, declares a parameter: what is declared for one step
    /// needs no type from a caller who sets it for all.
    private static func declaredTypes(of names: Set<String>, in jobSet: ResolvedJobSet) -> [String: ParameterType] {
        var types: [String: ParameterType] = [:]
        for table in [jobSet.table] + jobSet.allSteps.map(\.table) {
            for name in names where types[name] == nil { types[name] = table[name]?.type }
        }
        return types
    }

    private static func noStep(_ path: String, of jobSet: ResolvedJobSet) -> SchedulerError {
        SchedulerError(3008, ParameterMerge.quoted(path, isSecret: false), jobSet.id.description)
    }
}

extension ResolvedJobSet {
    /// The parameters of one request of the set: what a caller submits, laid over what metadata says.
    ///
    /// The same as a `JobSetSubmission`, which is better for many steps; fails with the codes of both its parts.
    package func parameters(
        of path: String?,
        submitted: [SubmittedParameter],
        properties: SubmittedProperties = SubmittedProperties()
    ) throws(SchedulerError) -> MergedParameters {
        try JobSetSubmission(submitted, properties: properties, to: self).parameters(of: path)
    }
}

extension SubmittedParameter {
    /// Steps of the scope's path; 0 without scope.
    fileprivate var depth: Int { scope.map { $0.split(separator: ".").count } ?? 0 }

    /// Whether the scope holds the request of a path.
    fileprivate func isMeant(for path: String?) -> Bool {
        guard let scope else { return true }
        guard let path else { return false }
        return path == scope || path.hasPrefix(scope + ".")
    }
}
