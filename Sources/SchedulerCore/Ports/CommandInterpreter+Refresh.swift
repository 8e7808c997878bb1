/// Requests that take what the metadata say now (administration §1.3).
extension CommandInterpreter {
    /// The instances of a recurring parent that have yet to start; nothing of any other request.
    static func waitingInstances(
        of request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> [JobRequest] {
        guard request.lineage.type.isRecurringParent else { return [] }
        return try transaction.liveChildren(of: [request.id]).filter(\.isWaitingInstance)
    }

    /// Why a refresh that the machine found legal cannot be; nothing is written.
    ///
    /// - Returns: ESS-01051 where something is not as it was when the refresh was made, ESS-01028 where steps are
    ///   under way that follow the plan; nil where nothing is in its way.
    static func obstacle(
        to refresh: RequestRefresh,
        of request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> SchedulerError? {
        let affected = try [request] + waitingInstances(of: request, in: &transaction)
        let stored = try transaction.parameters(of: affected.map(\.id))
        guard refresh.items.map(\.id) == affected.map(\.id),
            refresh.items.allSatisfy({ $0.base == stored[$0.id] ?? [] })
        else { return SchedulerError(1051, request.id.description) }
        guard refresh.jobSet != nil, request.kinship.liveChildren >= affected.count else { return nil }
        return SchedulerError(1028, request.id.description, request.state.rawValue)
    }

    /// Writes what `obstacle` had nothing against; what the request itself becomes enters its decision.
    ///
    /// - Returns: the instances that were changed.
    static func write(
        _ refresh: RequestRefresh,
        _ decision: inout Decision,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        for item in refresh.items {
            if item.parameters != item.base { try transaction.replaceParameters(of: item.id, with: item.parameters) }
            if item.id == decision.request.id {
                decision.request.take(item)
            } else if let instance = try transaction.request(item.id) {
                var other = Decision(instance)
                other.request.take(item)
                changes.append(RequestChange(try save(other, over: instance, in: &transaction)))
            }
        }
        if let jobSet = refresh.jobSet {
            var plan = try transaction.plan(of: decision.request.id) ?? RequestPlan()
            plan.jobSet = jobSet
            try transaction.replacePlan(of: decision.request.id, with: plan)
        }
        return changes
    }
}

extension JobRequest {
    /// Whether it is an instance that nobody has begun, and people may change.
    package var isWaitingInstance: Bool {
        lineage.type.isRecurringInstance && !kinship.isActiveInstance && (state == .wait || state == .hold)
    }

    /// A priority that no parameter tells came from the parent or an operator, and stays.
    fileprivate mutating func take(_ item: RequestRefresh.Item) {
        let priority = policy.priority
        facts = item.facts
        policy = item.policy
        if ParameterTable(item.parameters)["SYS_priority"]?.value == nil { policy.priority = priority }
    }
}
