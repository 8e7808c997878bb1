import PostgresClient
import SchedulerCore
import StoreSupport

/// What a transaction has decided and not yet sent.
struct WriteBuffer {
    /// Where a stored row must still stand when it is written.
    struct Guard {
        let state: RequestState
        let epoch: AttemptEpoch?
        let revision: Int64
    }

    private var inserted: [(id: RequestID, submission: Submission)] = []
    private var changed: [(id: RequestID, before: Guard)] = []
    private var isWritten: Set<RequestID> = []
    /// Stored requests with other facts.
    private var refreshed: Set<RequestID> = []
    private var steps: [(id: RequestID, step: TransitionStep)] = []
    private var audit: [AuditRecord] = []
    private var plans: [RequestID: RequestPlan] = [:]
    private var parameters: [RequestID: [Parameter]] = [:]
    private var claims: [RequestID: [LockClaim]] = [:]
    private var entries: [OutboxEntry] = []
    private var recorded: [RecordedCall] = []
    private var skips: [(parent: RequestID, skip: SkipRecord, time: Timestamp)] = []

    var isEmpty: Bool {
        isWritten.isEmpty && audit.isEmpty && plans.isEmpty && skips.isEmpty && parameters.isEmpty
            && claims.isEmpty && entries.isEmpty && recorded.isEmpty
    }

    mutating func insert(_ id: RequestID, _ submission: Submission) {
        inserted.append((id, submission))
        isWritten.insert(id)
        if let plan = submission.plan { plans[id] = plan }
    }

    mutating func replacePlan(of root: RequestID, with plan: RequestPlan) { plans[root] = plan }

    mutating func replaceParameters(of id: RequestID, with new: [Parameter]) { parameters[id] = new }

    mutating func setClaims(of request: RequestID, to new: [LockClaim]) { claims[request] = new }

    mutating func append(_ skip: SkipRecord, to parent: RequestID, at time: Timestamp) {
        skips.append((parent, skip, time))
    }

    /// Notes a change. Of several changes of one request the first says what is stored, the last what shall be.
    mutating func change(_ before: JobRequest, _ steps: [TransitionStep]) {
        if isWritten.insert(before.id).inserted {
            changed.append((before.id, Guard(state: before.state, epoch: before.epoch, revision: before.revision)))
        }
        for step in steps { self.steps.append((before.id, step)) }
    }

    mutating func changeFacts(of id: RequestID) { refreshed.insert(id) }

    mutating func append(_ record: AuditRecord) { audit.append(record) }

    mutating func append(_ new: [OutboxEntry]) { entries += new }

    mutating func record(_ call: RecordedCall) { recorded.append(call) }

    /// The statements that write all of it, a few for any number of rows.
    ///
    /// - Parameters:
    ///   - requests: newest value of each.
    ///   - session: knows labels and types.
    /// - Returns: empty where nothing was gathered.
    /// - Throws: what the codec throws.
    func calls(_ requests: [RequestID: JobRequest?], in session: WriteSession) throws -> [WriteSession.Call] {
        var calls: [WriteSession.Call] = []
        if !inserted.isEmpty { calls += try insertions(requests, session) }
        if !changed.isEmpty {
            let rows = RowArray(session.types.course, columns: CourseRow.columns)
            for (id, before) in changed {
                try rows.append { try CourseRow.bind(Self.newest(id, requests), before, to: $0, session) }
            }
            calls.append(.init(WriteStatements.updateCourse, rows: rows, count: rows.count))
        }
        if !refreshed.isEmpty { calls += try factChanges(requests, session) }
        if !steps.isEmpty {
            let rows = RowArray(session.types.step, columns: 7)
            for (id, step) in steps { rows.append { Self.bind(step, of: id, to: $0) } }
            calls.append(.init(WriteStatements.insertSteps, rows: rows))
        }
        if !plans.isEmpty {
            let rows = RowArray(session.types.plan, columns: 2)
            for (id, plan) in plans {
                rows.append { row in
                    row.bind(id.value)
                    row.bind(PlanCodec.encode(plan))
                }
            }
            calls.append(.init(WriteStatements.insertPlans, rows: rows))
        }
        if !parameters.isEmpty {
            let rows = RowArray(session.types.detail, columns: 3)
            for (id, list) in parameters {
                rows.append { row in
                    row.bind(id.value)
                    row.bind(nil as [UInt8]?)
                    row.bind(ParameterCodec.encode(list))
                }
            }
            calls.append(.init(WriteStatements.replaceParameters, rows: rows))
        }
        if !claims.isEmpty {
            let ids = claims.keys.map(\.value).sorted()
            calls.append(.init(LockQueries.delete) { $0.append(array: ids) })
            let rows = RowArray(session.types.lock, columns: LockClaim.columnNames.count)
            for claim in claims.values.joined() {
                try rows.append { try claim.bind(to: $0, labels: session.labels) }
            }
            if rows.count > 0 { calls.append(.init(LockQueries.insert, rows: rows)) }
        }
        if !skips.isEmpty {
            let rows = RowArray(session.types.skip, columns: 7)
            for (parent, skip, time) in skips {
                rows.append { row in
                    row.bind(parent.value)
                    skip.bind(to: row)
                    row.bind(time.milliseconds)
                }
            }
            calls.append(.init(WriteStatements.insertSkips, rows: rows))
        }
        if !entries.isEmpty {
            let rows = RowArray(session.types.outbox, columns: OutboxCodec.columnNames.count)
            for entry in entries { rows.append { OutboxCodec.bind(entry, to: $0) } }
            calls.append(.init(OutboxQueries.insert, rows: rows))
        }
        if !audit.isEmpty {
            let rows = RowArray(session.types.audit, columns: 13)
            for record in audit { rows.append { record.bind(to: $0) } }
            calls.append(.init(WriteStatements.insertAudit, rows: rows))
        }
        if !recorded.isEmpty { calls.append(CallQueries.call(CallQueries.insert, recorded, in: session)) }
        return calls
    }

    private func factChanges(_ requests: [RequestID: JobRequest?], _ session: WriteSession) throws
        -> [WriteSession.Call]
    {
        let facts = RowArray(session.types.fact, columns: RequestColumns.fixed.count)
        let courses = RowArray(session.types.course, columns: CourseRow.columns)
        for id in refreshed {
            let request = try Self.newest(id, requests)
            try facts.append { try session.codec.bindFixed(request, to: $0) }
            try courses.append { try CourseRow.bind(request, nil, to: $0, session) }
        }
        return [
            .init(WriteStatements.updateFacts, rows: facts), .init(WriteStatements.updateClasses, rows: courses),
        ]
    }

    private func insertions(_ requests: [RequestID: JobRequest?], _ session: WriteSession) throws
        -> [WriteSession.Call]
    {
        let facts = RowArray(session.types.fact, columns: RequestColumns.fixed.count)
        let courses = RowArray(session.types.course, columns: CourseRow.columns)
        let details = RowArray(session.types.detail, columns: 3)
        for (id, submission) in inserted {
            let request = try Self.newest(id, requests)
            try facts.append { try session.codec.bindFixed(request, to: $0) }
            try courses.append { try CourseRow.bind(request, nil, to: $0, session) }
            let parameters = ParameterCodec.encode(submission.parameters)
            let callback = DetailCodec.encode(submission.callback)
            guard parameters != nil || callback != nil else { continue }
            details.append { row in
                row.bind(id.value)
                row.bind(callback)
                row.bind(parameters)
            }
        }
        var calls: [WriteSession.Call] = [
            .init(WriteStatements.insertFacts, rows: facts), .init(WriteStatements.insertCourse, rows: courses),
        ]
        if details.count > 0 { calls.append(.init(WriteStatements.insertDetails, rows: details)) }
        return calls
    }

    private static func newest(_ id: RequestID, _ requests: [RequestID: JobRequest?]) throws -> JobRequest {
        guard case .some(.some(let request)) = requests[id] else {
            throw StoreFault("request \(id) is to be written and not known")
        }
        return request
    }

    private static func bind(_ step: TransitionStep, of id: RequestID, to row: RowArray) {
        row.bind(id.value)
        row.bind(StoredCodes.events.code(step.event))
        row.bind(Int64(step.from.code))
        row.bind(Int64(step.to.code))
        row.bind(step.time.milliseconds)
        row.bind(step.attempt)
        row.bind(step.refusal.map { Int64($0.number) })
    }
}

/// A row of the type `course_row_3`.
private enum CourseRow {
    static let columns =
        8 + RequestColumns.policy.count + RequestColumns.changing.count + RequestColumns.derived.count

    static func bind(
        _ request: JobRequest,
        _ before: WriteBuffer.Guard?,
        to row: RowArray,
        _ session: WriteSession
    ) throws {
        row.bind(request.id.value)
        row.bind(try session.labels.key(of: request.facts.definitionID.description))
        row.bind(request.lineage.parentID?.value)
        row.bind(try session.labels.key(of: request.facts.workClass.label))
        // Written once: an update leaves it as it is.
        if before == nil { try session.codec.bindGroup(of: request, to: row) } else { row.bind(nil as Int64?) }
        row.bind(before.map { Int64($0.state.code) })
        row.bind(before?.epoch?.value)
        row.bind(before?.revision)
        session.codec.bindPolicy(request.policy, to: row)
        try session.codec.bindChanging(request, to: row)
    }
}
