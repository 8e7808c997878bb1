/// The parameters that requests shall have, checked and not yet written.
struct ParameterChange {
    /// The patched request first, then the instances that have yet to start.
    fileprivate let merged: [(request: JobRequest, parameters: MergedParameters)]
}

/// Parameters that people change while a request waits (REST §5.5).
extension CommandInterpreter {
    /// Reads and checks; nothing is written.
    ///
    /// - Returns: nil where the patch holds no parameters.
    /// - Throws: `SchedulerError` for what may not be set so; the store's errors.
    static func parameterChange(
        _ patch: RequestPatch,
        of request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> ParameterChange? {
        guard !patch.parameters.isEmpty else { return nil }
        try check(patch.parameters, of: request)
        var affected = [request]
        if !patch.replacesSchedule { affected += try waitingInstances(of: request, in: &transaction) }
        let stored = try transaction.parameters(of: affected.map(\.id))
        return ParameterChange(
            merged: try affected.map { request in
                let base = ParameterTable(stored[request.id] ?? [])
                return (request, try ParameterMerge.submit(patch.parameters, onto: base, overridable: []))
            }
        )
    }

    /// What was made of these at submission does not change any more: a job set's steps have their own parameters by
    /// then, labels and catch-up stand in the request.
    private static func check(_ parameters: [SubmittedParameter], of request: JobRequest) throws(SchedulerError) {
        guard !request.isJobSet else { throw SchedulerError(2, "requestParameters", "other ones of a job set") }
        for parameter in parameters {
            if let scope = parameter.scope {
                let step = ParameterMerge.quoted(scope, isSecret: false)
                throw SchedulerError(3008, step, request.facts.definitionID.description)
            }
            if fixedProperties.contains(parameter.name.uppercased()) {
                throw SchedulerError(2, parameter.name, ParameterMerge.quoted(parameter.value, isSecret: false))
            }
        }
    }

    private static let fixedProperties: Set<String> = ["SYS_PRODUCT", "SYS_REQUESTCATEGORY", "SYS_EXECUTEPAST"]

    /// Writes the parameters; the policy that follows from them enters the decision on the patched request.
    ///
    /// - Returns: the instances that have another policy now.
    static func write(
        _ change: ParameterChange,
        _ decision: inout Decision,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        for (request, merged) in change.merged {
            try transaction.replaceParameters(of: request.id, with: merged.parameters)
            var policy = merged.policy
            // A priority that no parameter tells came from the parent, and stays.
            if ParameterTable(merged.parameters)["SYS_priority"]?.value == nil { policy.priority = request.priority }
            if request.id == decision.request.id {
                decision.request.policy = policy
            } else if policy != request.policy {
                var other = Decision(request)
                other.request.policy = policy
                changes.append(RequestChange(try save(other, over: request, in: &transaction)))
            }
        }
        return changes
    }
}
