extension ParameterMerge {
    /// Lays what a caller submits over the parameters of a definition and checks the whole.
    ///
    /// Order: parameters without scope, those with one (longer paths later), then `properties`. Of equal keys the last
    /// wins. Fails with ESS-00002 (read-only, reserved, not settable at submit, a secret asked for), 03008 (scope
    /// outside a set), 05003 (no type, required value missing), 05004, 05005, 05006 (value), 05008 (too many), 05026
    /// (no token), 05028 (NUL).
    package static func submit(
        _ submitted: [SubmittedParameter],
        properties: SubmittedProperties = SubmittedProperties(),
        to definition: ResolvedDefinition
    ) throws(SchedulerError) -> MergedParameters {
        if let scope = submitted.lazy.compactMap(\.scope).first {
            throw SchedulerError(3008, quoted(scope, isSecret: false), definition.id.description)
        }
        return try submit(
            submitted,
            properties: properties,
            onto: definition.table,
            overridable: definition.overridable
        )
    }

    /// The same onto any table of merged parameters, that of an existing request for example.
    package static func submit(
        _ submitted: [SubmittedParameter],
        properties: SubmittedProperties = SubmittedProperties(),
        onto base: ParameterTable,
        overridable: Set<String>
    ) throws(SchedulerError) -> MergedParameters {
        guard submitted.count <= ParameterLimits.countMax else { throw tooMany() }
        var submission = SubmittedLevel(base: base, overridable: overridable)
        for parameter in submitted where parameter.scope == nil { try submission.set(parameter) }
        let scoped = submitted.enumerated().filter { $0.element.scope != nil }
        for (_, parameter) in scoped.sorted(by: { ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset) }) {
            try submission.set(parameter)
        }
        for given in properties.given {
            try submission.set(SubmittedParameter(name: given.property, value: given.value), shownAs: given.member)
        }
        let table = submission.table
        guard table.parameters.count <= ParameterLimits.countMax else { throw tooMany() }
        try ArgumentCount.check(table.parameters)
        for parameter in table.parameters { try ParameterConstraints.check(parameter) }
        try ParameterTokens.check(table)
        return MergedParameters(
            parameters: table.parameters,
            policy: try ExecutionPolicy(table),
            ignored: table.parameters.map(\.name).filter { SystemProperty.named($0)?.isIgnored ?? false }
        )
    }

    private static func tooMany() -> SchedulerError {
        SchedulerError(5008, "requestParameters", String(ParameterLimits.countMax))
    }
}

/// What a request is born with.
package struct MergedParameters: Hashable, Sendable {
    /// The snapshot, in order of first appearance, system properties included.
    package let parameters: [Parameter]
    package let policy: ExecutionPolicy
    /// Names of system properties that are kept but have no effect here: worth a warning.
    package let ignored: [String]
}

extension SubmittedParameter {
    /// Steps of the scope's path.
    fileprivate var depth: Int { scope.map { $0.split(separator: ".").count } ?? 0 }
}

/// One submission being laid over its base.
private struct SubmittedLevel {
    private(set) var table: ParameterTable
    private let base: ParameterTable
    private let overridable: Set<String>

    init(base: ParameterTable, overridable: Set<String>) {
        table = base
        self.base = base
        self.overridable = overridable
    }

    /// Sets one value; errors name it by `label` where it did not come as a parameter.
    mutating func set(_ submitted: SubmittedParameter, shownAs label: String? = nil) throws(SchedulerError) {
        let label = label ?? submitted.name
        try checkText(submitted, label)
        let declared = base[submitted.name, scope: submitted.scope] ?? base[submitted.name]
        let isSecret = declared?.isSecret ?? false
        let property = SystemProperty.named(submitted.name)
        if SystemProperty.isReserved(submitted.name), !isSettable(property) {
            throw refused(submitted, isSecret: isSecret)
        }
        guard let type = property?.type ?? submitted.type ?? declared?.type else {
            throw SchedulerError(5003, "paramType of \(label)")
        }
        if let value = submitted.value, let misfit = property?.misfit(value) ?? misfit(value, type, property) {
            throw misfit.error(parameter: label, value: value, isSecret: isSecret)
        }
        if let value = submitted.value, ParameterTokens.asksForSecret(value) {
            throw refused(submitted, isSecret: isSecret)
        }
        if let declared, declared.isReadOnly, declared.type != type || declared.value != submitted.value {
            throw refused(submitted, isSecret: isSecret)
        }
        var parameter = declared ?? Parameter(name: submitted.name)
        parameter.type = type
        parameter.value = submitted.value
        parameter.scope = submitted.scope
        // What is fixed is repeated at most: the metadata go on telling it.
        parameter.isSubmitted = declared?.isReadOnly != true
        table.set(parameter)
    }

    private func isSettable(_ property: SystemProperty?) -> Bool {
        guard let property else { return false }
        if property.places.contains(.submission) { return true }
        return property.isCode && overridable.contains(property.name)
    }

    private func misfit(_ value: String, _ type: ParameterType, _ property: SystemProperty?) -> ValueMisfit? {
        property == nil ? ParameterValue.misfit(value, type: type) : nil
    }

    private func checkText(_ submitted: SubmittedParameter, _ label: String) throws(SchedulerError) {
        guard !submitted.name.isEmpty else { throw SchedulerError(5003, "requestParameters.name") }
        guard !submitted.name.utf8.contains(0) else { throw SchedulerError(5028, "requestParameters.name") }
        guard submitted.name.utf8.count <= ParameterLimits.nameBytesMax else {
            throw SchedulerError(5005, "requestParameters.name", "1..\(ParameterLimits.nameBytesMax) bytes")
        }
        if let scope = submitted.scope {
            guard !scope.utf8.contains(0) else { throw SchedulerError(5028, "scope of \(label)") }
            guard scope.utf8.count <= ParameterLimits.scopeBytesMax else {
                throw SchedulerError(5005, "scope of \(label)", "1..\(ParameterLimits.scopeBytesMax) bytes")
            }
        }
        guard let value = submitted.value else { return }
        guard !value.utf8.contains(0) else { throw SchedulerError(5028, label) }
        guard value.utf8.count <= ParameterLimits.valueBytesMax else {
            throw SchedulerError(5005, label, "0..\(ParameterLimits.valueBytesMax) bytes")
        }
    }

    private func refused(_ submitted: SubmittedParameter, isSecret: Bool) -> SchedulerError {
        SchedulerError(2, submitted.name, ParameterMerge.quoted(submitted.value, isSecret: isSecret))
    }
}
