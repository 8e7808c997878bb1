import PostgresClient
import SchedulerCore
import StoreSupport

/// One write transaction on the server: the requests it has read and locked, and what it will write.
///
/// A verb that were a round trip would make a batch as slow as its commands are many. So what a batch needs is read at
/// once, changes are gathered, and sent together with the next question to the database or with the COMMIT.
final class UnitOfWork {
    let session: WriteSession
    let now: Timestamp
    /// What has been decided so far, in any unit; tells whether an operation decided anything.
    var writes = 0
    /// Whether a statement has changed rows on the server.
    var hasFlushed = false
    private(set) var wakeUps: WakeUps = []

    /// Locked rows; nil inside for those that do not exist.
    var requests: [RequestID: JobRequest?] = [:]
    private var standings: [NodeID: NodeStanding] = [:]
    var parameters: [RequestID: [Parameter]] = [:]
    private var numbers: ArraySlice<Int64>
    private var epochs: [Int64] = []
    /// Of locked definitions, whether a request is pending.
    private var pending: [MetadataObjectID: Bool] = [:]
    private var lockedDefinitions: Set<MetadataObjectID> = []
    /// The classes that were left out when the database had shown all other candidates; nil = it may have more.
    var exhausted: Set<WorkClass>?
    var plans: [RequestID: RequestPlan?] = [:]
    /// Due rows of trees that another transaction has in hand.
    var passedOver: Set<RequestID> = []
    var buffer = WriteBuffer()
    var locks = UnitLocks()

    private init(_ session: WriteSession, now: Timestamp, numbers: [Int64]) {
        self.session = session
        self.now = now
        self.numbers = numbers[...]
    }

    // MARK: - Begin and end

    /// Begins a transaction and reads what is needed; rows are locked in order of their numbers, and the time is taken
    /// after that: whoever had them before us, was before us.
    static func begin(_ needs: WriteNeeds, clock: StoreClock, in session: WriteSession) throws -> UnitOfWork {
        try session.labels.ensure(needs.labels)
        let ids = Set(needs.requests.map(\.value)).sorted()
        let definitions = try definitionKeys(needs.exclusiveDefinitions, session)
        var calls: [WriteSession.Call] = [.init(WriteStatements.begin)]
        if !definitions.isEmpty {
            let keys = definitions.map(\.key)
            calls.append(.init(WriteStatements.lockDefinitions) { $0.append(array: keys) })
            calls.append(.init(PollQueries.pending) { $0.append(array: keys) })
        }
        let nodeKey = try needs.node.flatMap { try session.labels.existingKey(of: $0.value) }
        if let nodeKey { calls.append(.init(PollQueries.standing) { $0.append(nodeKey) }) }
        if !ids.isEmpty { calls += lockingTrees(ids) }
        let (seen, wall) = clock.reading
        calls.append(
            .init(WriteStatements.moment) { parameters in
                parameters.append(seen)
                parameters.append(wall)
                parameters.append(needs.newRequests)
            }
        )
        let results = try session.exchange(calls)
        let moment = try results[results.count - 1].firstRow { row in (row.integer(), row.integers()) }
        guard let (time, numbers) = moment else { throw StoreFault("the database did not tell the time") }
        clock.note(time)
        let work = UnitOfWork(session, now: Timestamp(milliseconds: time), numbers: numbers.compactMap { $0 })
        if !definitions.isEmpty { try work.learn(pending: results[2], of: definitions) }
        if let node = needs.node, nodeKey != nil {
            try work.learn(standing: results[definitions.isEmpty ? 1 : 3], of: node)
        }
        if !ids.isEmpty {
            for id in ids { work.requests[RequestID(id)] = .some(nil) }
            try work.learnTrees(results.dropLast().suffix(3))
        }
        return work
    }

    /// The statements that end the transaction, COMMIT the last of them.
    func ending() throws -> [WriteSession.Call] {
        let time = now.milliseconds
        return try flushing()
            + [.init(WriteStatements.keepTime) { $0.append(time) }, .init(WriteStatements.commit)]
    }

    var hasWritten: Bool { writes > 0 }

    /// Notes that an operation has changed rows by statements of its own.
    ///
    /// - Parameter wakeUps: what it may have for other nodes to do.
    func noteWrite(_ wakeUps: WakeUps = []) {
        writes += 1
        self.wakeUps.formUnion(wakeUps)
    }

    // MARK: - Reading

    /// By the lease as it was when the transaction began: should it run out before the commit, what was started is
    /// taken from the node like all else it ran.
    func standing(of node: NodeID) throws -> NodeStanding {
        if let known = standings[node] { return known }
        guard let key = try session.labels.existingKey(of: node.value) else { return .none }
        try learn(standing: try session.query(PollQueries.standing) { $0.append(key) }, of: node)
        return standings[node] ?? .none
    }

    func nextRequestIDs(_ count: Int) throws -> [RequestID] {
        var taken = Array(numbers.prefix(count))
        numbers = numbers.dropFirst(taken.count)
        if taken.count < count {
            let missing = count - taken.count
            taken += try session.query(WriteStatements.requestNumbers) { $0.append(missing) }.rows { $0.integer() }
        }
        guard taken.count == count else { throw StoreFault("a sequence of the database gave no number") }
        return taken.sorted().map { RequestID($0) }
    }

    /// Those that came with the candidates just read, as far as they reach; none is kept for requests that are
    /// locked later, which may have had a greater one meanwhile.
    func nextEpochs(_ count: Int) throws -> [AttemptEpoch] {
        var taken = Array(epochs.prefix(count))
        epochs = []
        if taken.count < count {
            let missing = count - taken.count
            taken += try session.query(WriteStatements.epochs) { $0.append(missing) }.rows { $0.integer() }.sorted()
        }
        guard taken.count == count else { throw StoreFault("a sequence of the database gave no number") }
        return taken.map { AttemptEpoch($0) }
    }

    func parameters(of ids: [RequestID]) throws -> [RequestID: [Parameter]] {
        let missing = Set(ids.filter { parameters[$0] == nil }.map(\.value)).sorted()
        if !missing.isEmpty {
            for id in missing { parameters[RequestID(id)] = [] }
            let found = try session.query(PollQueries.parameters) { $0.append(array: missing) }.stored { row in
                (RequestID(row.integer()), try row.blob(ParameterCodec.decode) ?? [])
            }
            for (id, list) in found { parameters[id] = list }
        }
        return Dictionary(ids.map { ($0, parameters[$0] ?? []) }) { first, _ in first }
    }

    func dispatchCandidates(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        guard limit > 0, !isExhausted(without: classes) else { return [] }
        var drawn: [Int64] = []
        let result = try ask(PollQueries.dispatch, limit: limit, without: classes)
        let found = try result.stored { row in
            let request = try session.codec.read(row)
            parameters[request.id] = try row.blob(ParameterCodec.decode) ?? []
            drawn.append(row.integer())
            return request
        }
        // In rank order, so that who starts first has the smaller epoch.
        epochs = drawn.sorted()
        exhausted = found.count < limit ? classes : nil
        return try withLockedTrees(note(found)).sorted { $0.rank < $1.rank }
    }

    func dueWaiting(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        // What waits and is due is a candidate too: where there are no more of these, there are none.
        guard limit > 0, !isExhausted(without: classes) else { return [] }
        let found = try ask(PollQueries.dueWaiting, limit: limit, without: classes).stored(session.codec.read)
        return try withLockedTrees(note(found)).sorted { $0.rank < $1.rank }
    }

    func dueTimers(limit: Int) throws -> [JobRequest] {
        guard limit > 0 else { return [] }
        let found = try ask(PollQueries.dueTimers, limit: limit).stored(session.codec.read)
        return try withLockedTrees(note(found)).sorted {
            ($0.nextTimer?.time.milliseconds ?? .max, $0.id.value)
                < ($1.nextTimer?.time.milliseconds ?? .max, $1.id.value)
        }
    }

    func hasPending(_ definition: MetadataObjectID) throws -> Bool {
        if let known = pending[definition] { return known }
        let keys = try Self.definitionKeys([definition], session)
        var calls = try flushing()
        if lockedDefinitions.insert(definition).inserted {
            calls.append(.init(WriteStatements.lockDefinitions) { $0.append(array: keys.map(\.key)) })
        }
        calls.append(.init(PollQueries.pending) { $0.append(array: keys.map(\.key)) })
        let results = try send(calls)
        try learn(pending: results[results.count - 1], of: keys)
        return pending[definition] ?? false
    }

    // MARK: - Writing

    func insert(_ request: JobRequest, _ submission: Submission) {
        writes += 1
        requests[request.id] = request
        parameters[request.id] = submission.parameters
        plans[request.id] = .some(submission.plan)
        buffer.insert(request.id, submission)
        noteCourse(nil, request)
    }

    func update(_ before: JobRequest, to after: JobRequest, steps: [TransitionStep]) throws {
        try Legality.check(before, after, steps)
        guard let stored = try request(before.id), stored.state == before.state, stored.epoch == before.epoch,
            stored.revision == before.revision
        else { throw SchedulerError(1051, before.id.description) }
        writes += 1
        buffer.change(before, steps)
        if after.facts != before.facts { buffer.changeFacts(of: before.id) }
        requests[before.id] = after
        noteCourse(stored, after)
    }

    func append(_ record: AuditRecord) {
        writes += 1
        buffer.append(record)
    }

    /// Keeps what is known of the database true to a change that it has not seen yet, and notes whom the change wakes.
    private func noteCourse(_ before: JobRequest?, _ after: JobRequest) {
        if let due = after.dispatchTime, due <= now { exhausted = nil }
        if pending[after.facts.definitionID] != nil {
            if after.hindersAnotherPending {
                pending[after.facts.definitionID] = true
            } else if before?.hindersAnotherPending == true {
                pending[after.facts.definitionID] = nil
            }
        }
        wakeUps.formUnion(WakeUps(from: before, to: after))
    }

    // MARK: - Exchanges

    /// Sends what has been gathered, then asks.
    func ask(
        _ statement: PostgresStatement,
        limit: Int,
        without classes: Set<WorkClass>? = nil
    ) throws -> PostgresResult {
        let time = now.milliseconds
        let keys = try classes.map(session.labels.existingKeys)
        let results = try send(
            flushing() + [
                .init(statement) { parameters in
                    parameters.append(time)
                    parameters.append(limit)
                    if let keys { parameters.append(array: keys) }
                }
            ]
        )
        return results[results.count - 1]
    }

    func flushing() throws -> [WriteSession.Call] {
        try buffer.isEmpty ? [] : buffer.calls(requests, in: session)
    }

    func send(_ calls: [WriteSession.Call]) throws -> [PostgresResult] {
        if !buffer.isEmpty { hasFlushed = true }
        let results = try session.exchange(calls)
        buffer = WriteBuffer()
        return results
    }

    private func learn(standing result: PostgresResult, of node: NodeID) throws {
        standings[node] =
            try result.firstRow { row -> NodeStanding in
                guard row.integer() > now.milliseconds else { return .none }
                return row.flag() ? .quiesced : .active
            } ?? NodeStanding.none
    }

    func learn(_ result: PostgresResult) throws { _ = note(try result.stored(session.codec.read)) }

    /// What is known already may have been changed since and not been sent yet.
    func note(_ found: [JobRequest]) -> [JobRequest] {
        found.map { request in
            if case .some(.some(let known)) = requests[request.id] { return known }
            requests[request.id] = request
            return request
        }
    }

    private func learn(
        pending result: PostgresResult,
        of definitions: [(id: MetadataObjectID, key: Int64)]
    ) throws {
        let found = Set(try result.rows { $0.integer() })
        for (id, key) in definitions {
            pending[id] = found.contains(key)
            lockedDefinitions.insert(id)
        }
    }
}
