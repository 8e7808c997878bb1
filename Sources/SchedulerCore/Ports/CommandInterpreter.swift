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
            try transaction.lock([parentID])
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

    /// Decides and writes commands in order; a refusal is a result and hinders no other command.
    ///
    /// - Parameters:
    ///   - commands: each with its event, its request and the attempt that speaks.
    ///   - context: settings and metadata in force.
    ///   - transaction: open write transaction.
    /// - Returns: what became of each, in the same order.
    /// - Throws: ESS-01051 where a row was not as it had been read, the store's errors; then nothing may be kept.
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
            return try perform(command, on: request, context: context, in: &transaction)
        }
    }

    /// Fires the timers that are due.
    package static func fireTimers(
        limit: Int,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [CommandResult] {
        try transaction.dueTimers(limit: limit).map { request in
            let audit: AuditEntry? = request.nextTimer?.kind == .cancelEnd ? .system("cancelEnd") : nil
            let command = RequestCommand(request.id, .timer, audit: audit)
            let result = try perform(command, on: request, context: context, in: &transaction)
            // A row that promises a timer which the machine does not know would come back for ever, and keep others
            // from firing: writing it anew corrects what is derived.
            if result.outcome != .applied { _ = try save(Decision(request), over: request, in: &transaction) }
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
        if let epoch = command.epoch, epoch != request.epoch {
            return CommandResult(.dropped(.staleEpoch), request: request)
        }
        let verdict = RequestMachine.decide(
            command.event,
            for: request,
            now: transaction.now,
            settings: context.settings,
            family: family(of: request, in: &transaction)
        )
        switch verdict {
        case .changed(let decision):
            let change = try write(decision, over: request, audit: command.audit, in: &transaction)
            return CommandResult(.applied, request: change.request, changes: [change])
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

    static func write(
        _ decision: Decision,
        over before: JobRequest,
        audit: AuditEntry?,
        in transaction: inout some RequestTransaction
    ) throws -> RequestChange {
        let after = try save(decision, over: before, in: &transaction)
        try append(audit, for: after, in: &transaction)
        return RequestChange(after, effects: decision.effects)
    }

    private static func save(
        _ decision: Decision,
        over before: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> JobRequest {
        var after = decision.request
        after.revision = before.revision + 1
        try transaction.update(before, to: after, steps: decision.steps)
        return after
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
