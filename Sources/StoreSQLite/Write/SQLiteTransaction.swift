package import SchedulerCore
import StoreSupport

/// The primitives of a write transaction, each a few prepared statements.
package struct SQLiteTransaction: RequestTransaction {
    let session: WriteSession
    package let now: Timestamp
    package var freedKeys: Set<LockKey> = []
    package var idleWaiters: Set<RequestID> = []

    init(session: WriteSession, now: Timestamp) {
        self.session = session
        self.now = now
    }

    package mutating func standing(of node: NodeID) throws -> NodeStanding {
        guard let key = try session.labels.existingKey(of: node.value) else { return .none }
        let statement = try session.statements.statement(PollQueries.standing)
        statement.bind(key)
        statement.bind(now.milliseconds)
        return try statement.firstRow { $0.flag() ? .quiesced : .active } ?? .none
    }

    /// There is one writer.
    package mutating func lock(_ ids: [RequestID]) {}

    package mutating func nextRequestIDs(_ count: Int) -> [RequestID] {
        let last = session.counters.lastRequest
        session.counters.lastRequest += Int64(count)
        return (0..<Int64(count)).map { RequestID(last + 1 + $0) }
    }

    package mutating func nextEpochs(_ count: Int) -> [AttemptEpoch] {
        let last = session.counters.lastEpoch
        session.counters.lastEpoch += Int64(count)
        return (1...max(1, Int64(count))).prefix(count).map { AttemptEpoch(last + $0) }
    }

    // MARK: - Reading

    package mutating func request(_ id: RequestID) throws -> JobRequest? {
        session.request.bind(id.value)
        return try session.request.firstRow(session.codec.read)
    }

    package mutating func parameters(of ids: [RequestID]) throws -> [RequestID: [Parameter]] {
        var found: [RequestID: [Parameter]] = [:]
        for id in ids {
            session.parameters.bind(id.value)
            found[id] = try session.parameters.firstRow { try $0.blob(ParameterCodec.decode) } ?? nil
        }
        return found
    }

    package mutating func liveChildren(of parents: [RequestID]) throws -> [JobRequest] {
        let statement = try session.statements.statement(PollQueries.liveChildren)
        let found = try parents.flatMap { parent in
            statement.bind(parent.value)
            return try statement.rows(session.codec.read)
        }
        return parents.count > 1 ? found.sorted { $0.id < $1.id } : found
    }

    package mutating func plan(of root: RequestID) throws -> RequestPlan? {
        let statement = try session.statements.statement(PollQueries.plan)
        statement.bind(root.value)
        return try statement.firstRow { try $0.blob(PlanCodec.decode) } ?? nil
    }

    package mutating func dispatchCandidates(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        let keys = try keys(of: classes)
        return try ranked(limit: limit) { priority, rest in
            let waiting = try due(waiting(keys), priority: priority, limit: rest, keys)
            let queued = keys == nil ? session.dispatchQueued : try statement(PollQueries.dispatchQueuedOfSome)
            return Self.merge(waiting, try due(queued, priority: priority, limit: rest, keys))
        }
    }

    package mutating func dueWaiting(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        let keys = try keys(of: classes)
        return try ranked(limit: limit) { priority, rest in
            try due(waiting(keys), priority: priority, limit: rest, keys)
        }
    }

    /// Nil where there is nothing to pass over: that is the common case, which has statements of its own.
    private func keys(of classes: Set<WorkClass>) throws -> String? {
        classes.isEmpty ? nil : try session.labels.keyList(of: classes)
    }

    private func waiting(_ keys: String?) throws -> SQLiteStatement {
        keys == nil ? session.dispatchWaiting : try statement(PollQueries.dispatchWaitingOfSome)
    }

    private func statement(_ sql: String) throws -> SQLiteStatement { try session.statements.statement(sql) }

    package mutating func longestReady(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        let statement = try statement(PollQueries.longestReady)
        statement.bind(now.milliseconds)
        statement.bind(limit)
        statement.bind(try session.labels.keyList(of: classes))
        return try statement.rows(session.codec.read)
    }

    package mutating func inUse(_ slots: [WorkSlot]) throws -> [WorkSlot: Int] {
        let statement = try statement(PollQueries.slotUse)
        return try slots.reduce(into: [:]) { found, slot in
            guard let key = try session.labels.existingKey(of: slot.label) else { return }
            statement.bind(key)
            found[slot] = try statement.firstRow { Int(clamping: $0.integer()) }
        }
    }

    package mutating func dueTimers(limit: Int) throws -> [JobRequest] {
        guard limit > 0 else { return [] }
        let statement = try session.statements.statement(PollQueries.dueTimers)
        statement.bind(now.milliseconds)
        statement.bind(limit)
        return try statement.rows(session.codec.read)
    }

    package mutating func hasPending(definition: MetadataObjectID) throws -> Bool {
        guard let key = try session.labels.existingKey(of: definition.description) else { return false }
        let statement = try session.statements.statement(PollQueries.pending)
        statement.bind(key)
        return try statement.firstRow { _ in true } ?? false
    }

    /// Asks each priority in turn, best first, until there are enough: no query ever walks past requests that are
    /// not due yet.
    private func ranked(
        limit: Int,
        _ candidates: (_ priority: Int, _ limit: Int) throws -> [JobRequest]
    ) throws -> [JobRequest] {
        var found: [JobRequest] = []
        var priority = 9
        while priority >= 0, found.count < limit {
            found += try candidates(priority, limit - found.count).prefix(limit - found.count)
            priority -= 1
        }
        return found
    }

    private func due(
        _ statement: SQLiteStatement,
        priority: Int,
        limit: Int,
        _ keys: String?
    ) throws -> [JobRequest] {
        statement.bind(priority)
        statement.bind(now.milliseconds)
        statement.bind(limit)
        if let keys { statement.bind(keys) }
        return try statement.rows(session.codec.read)
    }

    /// Merges two lists of one priority that are in order of their ranks.
    private static func merge(_ left: [JobRequest], _ right: [JobRequest]) -> [JobRequest] {
        guard !left.isEmpty else { return right }
        guard !right.isEmpty else { return left }
        return (left + right).sorted { $0.rank < $1.rank }
    }

    // MARK: - Writing

    package mutating func insert(_ request: JobRequest, _ submission: Submission) throws {
        try session.codec.bindFixed(request, to: session.insert)
        session.codec.bindPolicy(request.policy, to: session.insert)
        try session.codec.bindChanging(request, to: session.insert)
        try session.codec.bindGroup(of: request, to: session.insert)
        try session.write(session.insert)
        if let plan = submission.plan {
            let statement = try session.statements.statement(RequestStatements.insertPlan)
            statement.bind(request.id.value)
            statement.bind(PlanCodec.encode(plan))
            try session.write(statement)
        }
        let parameters = ParameterCodec.encode(submission.parameters)
        let callback = DetailCodec.encode(submission.callback)
        guard parameters != nil || callback != nil else { return }
        session.insertDetail.bind(request.id.value)
        session.insertDetail.bind(callback)
        session.insertDetail.bind(parameters)
        try session.write(session.insertDetail)
    }

    package mutating func update(
        _ before: JobRequest,
        to after: JobRequest,
        steps: [TransitionStep]
    ) throws {
        try Legality.check(before, after, steps)
        try session.codec.bindChanging(after, to: session.update)
        session.update.bind(before.id.value)
        session.update.bind(before.state.code)
        session.update.bind(before.epoch?.value)
        session.update.bind(before.revision)
        guard try session.write(session.update) == 1 else { throw SchedulerError(1051, before.id.description) }
        if after.facts != before.facts { try updateFacts(of: after) }
        if after.policy != before.policy { try update(policy: after.policy, of: after.id) }
        try append(steps, to: after.id)
    }

    package mutating func replacePlan(of root: RequestID, with plan: RequestPlan) throws {
        let statement = try session.statements.statement(RequestStatements.replacePlan)
        statement.bind(PlanCodec.encode(plan))
        statement.bind(root.value)
        try session.write(statement)
    }

    package mutating func replaceParameters(of id: RequestID, with parameters: [Parameter]) throws {
        let statement = try session.statements.statement(RequestStatements.replaceParameters)
        statement.bind(id.value)
        statement.bind(ParameterCodec.encode(parameters))
        try session.write(statement)
    }

    package mutating func append(_ skip: SkipRecord, to parent: RequestID) throws {
        let statement = try session.statements.statement(RequestStatements.insertSkip)
        statement.bind(parent.value)
        skip.bind(to: statement)
        statement.bind(now.milliseconds)
        try session.write(statement)
    }

    package mutating func deleteDescendants(of root: RequestID) throws {
        let statement = try session.statements.statement(RequestStatements.deleteDescendants)
        statement.bind(now.milliseconds)
        statement.bind(root.value)
        try session.write(statement)
    }

    package mutating func append(_ record: AuditRecord) throws {
        let statement = try session.statements.statement(
            "INSERT INTO audit (\(AuditRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        record.bind(to: statement)
        try session.write(statement)
    }

    private func updateFacts(of request: JobRequest) throws {
        let statement = try session.statements.statement(RequestStatements.updateFacts)
        try session.codec.bindFixed(request, to: statement)
        try session.codec.bindGroup(of: request, to: statement)
        statement.bind(request.id.value)
        try session.write(statement)
    }

    private func update(policy: ExecutionPolicy, of id: RequestID) throws {
        let statement = try session.statements.statement(RequestStatements.updatePolicy)
        session.codec.bindPolicy(policy, to: statement)
        statement.bind(id.value)
        try session.write(statement)
    }

    private func append(_ steps: [TransitionStep], to id: RequestID) throws {
        var rest = steps[...]
        while !rest.isEmpty {
            let count = min(rest.count, session.insertSteps.count)
            let statement = session.insertSteps[count - 1]
            for step in rest.prefix(count) { bind(step, of: id, to: statement) }
            try session.write(statement)
            rest = rest.dropFirst(count)
        }
    }

    private func bind(_ step: TransitionStep, of id: RequestID, to statement: SQLiteStatement) {
        session.counters.lastStep += 1
        statement.bind(id.value)
        statement.bind(session.counters.lastStep)
        statement.bind(StoredCodes.events.code(step.event))
        statement.bind(step.from.code)
        statement.bind(step.to.code)
        statement.bind(step.time.milliseconds)
        statement.bind(step.attempt)
        statement.bind(step.refusal.map { Int64($0.number) })
    }
}
