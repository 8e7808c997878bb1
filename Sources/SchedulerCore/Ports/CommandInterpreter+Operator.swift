/// What operators decide beyond a change of one request's state (runtime §2.1 d, §3.3, §3.4).
extension CommandInterpreter {
    // MARK: - Priority

    /// Gives a request that waits, and all below it that wait too, another priority: in what they are and in the
    /// parameter that tells it, so that a later change of other parameters does not take it back.
    ///
    /// - Returns: the descendants that were changed.
    static func reprioritise(
        _ request: JobRequest,
        to priority: Int,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var pending: [JobRequest] = []
        var level = request.kinship.liveChildren > 0 ? [request.id] : []
        while !level.isEmpty {
            let found = try transaction.liveChildren(of: level)
            pending += found.filter { RequestTransition.row(.changePriority).cells[$0.state] != nil }
            level = found.filter { $0.kinship.liveChildren > 0 }.map(\.id)
        }
        let parameters = try transaction.parameters(of: [request.id] + pending.map(\.id))
        for (id, list) in parameters.sorted(by: { $0.key < $1.key }) {
            guard let changed = list.settingPriority(priority) else { continue }
            try transaction.replaceParameters(of: id, with: changed)
        }
        return try pending.filter { $0.priority != priority }.map { child in
            var decision = Decision(child)
            decision.request.policy.priority = priority
            return RequestChange(try save(decision, over: child, in: &transaction))
        }
    }

    // MARK: - Recovery

    /// Whether a request runs on a node that is lost, so that an operator need not wait for recovery (runtime §2.1 d).
    static func runsOnLostNode(
        _ request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> Bool {
        guard request.state == .running, request.isAsynchronous != true, let owner = request.owner else { return false }
        return try transaction.standing(of: owner) == .none
    }

    /// First the cell of the lost node; where that leaves the outcome to a person, what this one has decided.
    static func recoverLost(
        _ request: JobRequest,
        _ command: RequestCommand,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> CommandResult {
        let lost = RequestEvent.nodeLost(reason: .leaseExpired)
        guard case .changed(var decision) = decide(lost, request, context, transaction.now) else {
            return CommandResult(.dropped(.cannotArise), request: request)
        }
        append(command.event, to: &decision, context, transaction.now)
        let changes = try write(decision, over: request, audit: command.audit, context: context, in: &transaction)
        return try applied(changes, to: request, in: &transaction)
    }
}

extension [Parameter] {
    /// Nil where none of them tells the priority, or it is the same.
    fileprivate func settingPriority(_ priority: Int) -> [Parameter]? {
        let changed = map { parameter in
            guard parameter.name == "SYS_priority", parameter.value != nil else { return parameter }
            var parameter = parameter
            parameter.value = String(priority)
            parameter.isSubmitted = true
            return parameter
        }
        return changed == self ? nil : changed
    }
}
