/// The steps of every write transaction, the same for all stores: lock, read, decide, write, audit.
///
/// Locks, slots, parents, callbacks and next instances of a request that ends belong into `write`, so that they
/// share its transaction; what it changes beside the addressed request joins `CommandResult.changes`.
///
/// Whatever a call refuses it refuses before its first write. An error after one undoes the whole call.
package enum CommandInterpreter {
    /// Makes a request of a submission.
    ///
    /// - Parameters:
    ///   - submission: validated, without a number.
    ///   - audit: record to write with it; nil for none.
    ///   - call: recorded with it; nil for one without a key.
    ///   - transaction: open write transaction.
    /// - Returns: the request in WAIT.
    /// - Throws: `SchedulerError` ESS-01050 where a second pending request is forbidden, ESS-01001 where the parent is
    ///   gone, ESS-01054 where the key has been used; the store's errors.
    package static func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        call: IdempotentCall? = nil,
        in transaction: inout some RequestTransaction
    ) throws -> JobRequest {
        let request: JobRequest
        switch submission.placement {
        case .root(let type):
            request = try submitRoot(submission, type, in: &transaction)
        case .child(let type, let parentID, let step):
            let parent = try lockedParent(parentID, in: &transaction)
            request = try submitChild(submission, type, of: parent, step: step, in: &transaction)
        case .subRequest(let parentID, let handle):
            let parent = try lockedParent(parentID, in: &transaction)
            request = try submitSubRequest(submission, of: parent, handle: handle, in: &transaction)
        }
        try append(audit, for: request, in: &transaction)
        try transaction.record(call, answering: .request(AnsweredRequest(request)))
        return request
    }

    /// Decides and writes commands in order; a refusal is a result and hinders no other command.
    ///
    /// - Parameters:
    ///   - commands: each with its event, its request and the attempt that speaks.
    ///   - context: settings and metadata in force.
    ///   - transaction: open write transaction.
    /// - Returns: what became of each, in the same order.
    /// - Throws: ESS-01051 where a row was not as it had been read, ESS-01054 where a key has been used, the store's
    ///   errors; then nothing may be kept.
    package static func perform(
        _ commands: [RequestCommand],
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [CommandResult] {
        try transaction.lock(commands.map(\.requestID))
        return try commands.map { command in
            guard let request = try transaction.request(command.requestID), request.deletedTime == nil else {
                guard command.epoch == nil else { return CommandResult(.dropped(.noRequest), request: nil) }
                return CommandResult(.refused(SchedulerError(1001, command.requestID.description)), request: nil)
            }
            let result = try perform(command, on: request, context: context, in: &transaction)
            if let call = command.call { try record(call, result, in: &transaction) }
            return result
        }
    }

    /// A refusal is no answer to keep: the same call may succeed later.
    private static func record(
        _ call: IdempotentCall,
        _ result: CommandResult,
        in transaction: inout some RequestTransaction
    ) throws {
        guard result.outcome == .applied || result.outcome == .unchanged, let request = result.request else { return }
        try transaction.record(call, answering: .request(AnsweredRequest(request)))
    }

    /// Fires the timers that are due.
    ///
    /// - Returns: one result a timer, but for those whose request another one has changed: they are left for later.
    package static func fireTimers(
        limit: Int,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [CommandResult] {
        var changed: Set<RequestID> = []
        return try transaction.dueTimers(limit: limit).compactMap { request in
            // The timer of a relative has changed it: whether it is due still is seen by the next pass.
            guard !changed.contains(request.id) else { return nil }
            let audit: AuditEntry? = request.nextTimer?.kind == .cancelEnd ? .system("cancelEnd") : nil
            let command = RequestCommand(
                request.id,
                request.state == .pendingValidation ? .validation(of: request, in: context.catalogue) : .timer,
                audit: audit
            )
            let result = try perform(command, on: request, context: context, in: &transaction)
            // A row that promises a timer which the machine does not know would come back for ever, and keep others
            // from firing: writing it anew corrects what is derived.
            if result.outcome != .applied { _ = try save(Decision(request), over: request, in: &transaction) }
            changed.formUnion(result.changes.map(\.request.id))
            return result
        }
    }

    /// The same for a request that was read, and locked, in this transaction.
    static func perform(
        _ command: RequestCommand,
        on request: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> CommandResult {
        let result = try decide(command, on: request, context: context, in: &transaction)
        guard !transaction.freedKeys.isEmpty else { return result }
        let waiters = try retestWaiters(context: context, in: &transaction)
        return try waiters.isEmpty ? result : applied(result.changes + waiters, to: request, in: &transaction)
    }

    private static func decide(
        _ command: RequestCommand,
        on request: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> CommandResult {
        if let epoch = command.epoch, epoch != request.epoch {
            return CommandResult(.dropped(.staleEpoch), request: request)
        }
        if command.event == .cancel, request.kinship.liveChildren > 0 {
            let changes = try cancelTree(request, audit: command.audit, context: context, in: &transaction)
            return try applied(changes, to: request, in: &transaction)
        }
        if case .recover = command.event, try runsOnLostNode(request, in: &transaction) {
            return try recoverLost(request, command, context: context, in: &transaction)
        }
        let verdict = RequestMachine.decide(
            command.event,
            for: request,
            now: transaction.now,
            settings: context.settings
        )
        switch verdict {
        case .changed(let decision):
            if let change = RequestChangeOrder(command.event) {
                return try perform(change, decision, command, on: request, context: context, in: &transaction)
            }
            let changes = try write(
                decision,
                over: request,
                audit: command.audit,
                context: context,
                in: &transaction
            )
            return try applied(changes, to: request, in: &transaction)
        case .unchanged:
            return CommandResult(.unchanged, request: request)
        case .refused(let error):
            return CommandResult(.refused(error), request: request)
        case .noted(let error, let decision):
            return CommandResult(.refused(error), request: try save(decision, over: request, in: &transaction))
        case .dropped(let reason):
            return CommandResult(.dropped(reason), request: request)
        }
    }

    /// The result of a command with all that it changed, the addressed request first and as it is stored now.
    static func applied(
        _ changes: [RequestChange],
        to request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> CommandResult {
        guard changes.count > 1 else {
            return changes.isEmpty
                ? CommandResult(.unchanged, request: request)
                : CommandResult(.applied, request: changes[0].request, changes: changes)
        }
        // Relatives may have written it once more.
        let merged = RequestChange.merged(changes)
        return CommandResult(.applied, request: merged.first { $0.request.id == request.id }?.request, changes: merged)
    }

    static func save(
        _ decision: Decision,
        over before: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> JobRequest {
        var after = decision.request
        after.revision = before.revision + 1
        try settleLocks(before, &after, in: &transaction)
        try tell(before, &after, steps: decision.steps, in: &transaction)
        try transaction.update(before, to: after, steps: decision.steps)
        return after
    }

    static func append(
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
