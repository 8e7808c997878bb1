/// The steps of every write transaction, the same for all stores: read, decide, write, audit.
///
/// Locks, slots, parents, callbacks and next instances of a request that ends belong into `write`, so that they
/// share its transaction.
package enum CommandInterpreter {
    /// Makes a request of a submission.
    ///
    /// - Parameters:
    ///   - submission: validated, without a number.
    ///   - audit: record to write with it; nil for none.
    ///   - transaction: open write transaction.
    /// - Returns: the request in WAIT.
    /// - Throws: `SchedulerError` ESS-01050 where a second pending request is forbidden, ESS-01001 where the parent is
    ///   gone; the store's errors.
    package static func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        in transaction: inout some RequestTransaction
    ) throws -> JobRequest {
        if !submission.policy.allowMultiplePending, case .root = submission.placement,
            try transaction.hasPending(definition: submission.facts.definitionID)
        {
            throw SchedulerError(1050, submission.facts.definitionID.description)
        }
        let lineage = try lineage(of: submission.placement, in: &transaction)
        let request = JobRequest(lineage: lineage, submission: submission, now: transaction.now)
        try transaction.insert(request, submission)
        try append(audit, for: request, in: &transaction)
        return request
    }

    private static func lineage(
        of placement: Placement,
        in transaction: inout some RequestTransaction
    ) throws -> Lineage {
        switch placement {
        case .root(let type):
            return .root(type, id: try transaction.nextRequestID())
        case .child(let type, let parentID, let step):
            guard let parent = try transaction.request(parentID), parent.deletedTime == nil else {
                throw SchedulerError(1001, parentID.description)
            }
            return try .child(type, of: parent, id: try transaction.nextRequestID(), step: step)
        }
    }

    /// The children of a request as its decisions need them. Nothing makes children yet.
    private static func family(of request: JobRequest, in transaction: inout some RequestTransaction) -> Family {
        .none
    }

    /// Decides and writes one command.
    ///
    /// - Parameters:
    ///   - command: event, request and the attempt that speaks.
    ///   - settings: the settings in force.
    ///   - transaction: open write transaction.
    /// - Returns: what became of it; a refusal is a result, not an error.
    /// - Throws: the store's errors alone.
    package static func perform(
        _ command: RequestCommand,
        settings: RequestMachine.Settings,
        in transaction: inout some RequestTransaction
    ) throws -> CommandResult {
        guard let request = try transaction.request(command.requestID), request.deletedTime == nil else {
            guard command.epoch == nil else { return CommandResult(.dropped(.noRequest), request: nil) }
            return CommandResult(.refused(SchedulerError(1001, command.requestID.description)), request: nil)
        }
        if let epoch = command.epoch, epoch != request.epoch {
            return CommandResult(.dropped(.staleEpoch), request: request)
        }
        let verdict = RequestMachine.decide(
            command.event,
            for: request,
            now: transaction.now,
            settings: settings,
            family: family(of: request, in: &transaction)
        )
        switch verdict {
        case .changed(let decision):
            return try write(decision, over: request, audit: command.audit, in: &transaction)
        case .unchanged:
            return CommandResult(.unchanged, request: request)
        case .refused(let error):
            return CommandResult(.refused(error), request: request)
        case .noted(let error, let decision):
            _ = try transaction.update(request, to: decision.request, steps: decision.steps)
            return CommandResult(.refused(error), request: request)
        case .dropped(let reason):
            return CommandResult(.dropped(reason), request: request)
        }
    }

    /// Fires the timers that are due.
    package static func fireTimers(
        limit: Int,
        settings: RequestMachine.Settings,
        in transaction: inout some RequestTransaction
    ) throws -> [CommandResult] {
        try transaction.dueTimers(limit: limit).map { request in
            let audit: AuditEntry? = request.nextTimer?.kind == .cancelEnd ? .system("cancelEnd") : nil
            return try perform(
                RequestCommand(request.id, .timer, audit: audit),
                settings: settings,
                in: &transaction
            )
        }
    }

    /// One dispatch pass: starts the best-ranked due requests, makes the rest of the due ones READY.
    package static func claim(
        _ claim: Claim,
        settings: RequestMachine.Settings,
        in transaction: inout some RequestTransaction
    ) throws -> ClaimResult {
        var result = ClaimResult()
        while result.started.count < claim.limit {
            let candidates = try transaction.dispatchCandidates(limit: claim.limit - result.started.count)
            guard !candidates.isEmpty else { return result }
            for candidate in candidates {
                try start(candidate, for: claim, settings: settings, result: &result, in: &transaction)
            }
        }
        for request in try transaction.dueWaiting(limit: claim.readyLimit) {
            let command = RequestCommand(request.id, .dueWithoutSlot)
            let outcome = try perform(command, settings: settings, in: &transaction).outcome
            if outcome == .applied { result.becameReady += 1 }
        }
        return result
    }

    private static func start(
        _ request: JobRequest,
        for claim: Claim,
        settings: RequestMachine.Settings,
        result: inout ClaimResult,
        in transaction: inout some RequestTransaction
    ) throws {
        let epoch = try transaction.nextEpoch()
        let event: RequestEvent =
            request.state == .paused
            ? .resume(epoch: epoch, node: claim.node, processor: claim.processor)
            : .start(epoch: epoch, node: claim.node, processor: claim.processor)
        guard
            case .changed(let decision) = RequestMachine.decide(
                event,
                for: request,
                now: transaction.now,
                settings: settings,
                family: family(of: request, in: &transaction)
            ), try write(decision, over: request, audit: nil, in: &transaction).outcome == .applied
        else { throw StoreFault("candidate \(request.id) in \(request.state.rawValue) could not be started") }
        guard decision.request.state == .running else {
            result.expired += 1
            return
        }
        let parameters = try transaction.parameters(of: request.id)
        result.started.append(ClaimedRequest(request: decision.request, parameters: parameters))
    }

    private static func write(
        _ decision: Decision,
        over before: JobRequest,
        audit: AuditEntry?,
        in transaction: inout some RequestTransaction
    ) throws -> CommandResult {
        guard try transaction.update(before, to: decision.request, steps: decision.steps) else {
            return CommandResult(.refused(SchedulerError(1051, before.id.description)), request: before)
        }
        try append(audit, for: decision.request, in: &transaction)
        return CommandResult(.applied, request: decision.request, effects: decision.effects)
    }

    private static func append(
        _ entry: AuditEntry?,
        for request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws {
        guard let entry else { return }
        try transaction.append(
            AuditRecord(
                time: transaction.now,
                entry: entry,
                targetKind: "Request",
                targetID: request.id.description,
                outcome: .ok
            )
        )
    }
}
