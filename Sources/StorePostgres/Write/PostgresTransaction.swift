package import SchedulerCore

/// A write transaction: the verbs work on a unit of work, which reads ahead and writes in the end.
package struct PostgresTransaction: RequestTransaction {
    let work: UnitOfWork

    package var now: Timestamp { work.now }

    package mutating func standing(of node: NodeID) throws -> NodeStanding { try work.standing(of: node) }

    package mutating func lock(_ ids: [RequestID]) throws { try work.lock(ids) }

    package mutating func nextRequestIDs(_ count: Int) throws -> [RequestID] { try work.nextRequestIDs(count) }

    package mutating func nextEpochs(_ count: Int) throws -> [AttemptEpoch] { try work.nextEpochs(count) }

    package mutating func request(_ id: RequestID) throws -> JobRequest? { try work.request(id) }

    package mutating func parameters(of ids: [RequestID]) throws -> [RequestID: [Parameter]] {
        try work.parameters(of: ids)
    }

    package mutating func liveChildren(of parents: [RequestID]) throws -> [JobRequest] {
        try work.liveChildren(of: parents)
    }

    package mutating func plan(of root: RequestID) throws -> RequestPlan? { try work.plan(of: root) }

    package mutating func replacePlan(of root: RequestID, with plan: RequestPlan) throws {
        work.replacePlan(of: root, with: plan)
    }

    package mutating func replaceParameters(of id: RequestID, with parameters: [Parameter]) throws {
        work.replaceParameters(of: id, with: parameters)
    }

    package mutating func append(_ skip: SkipRecord, to parent: RequestID) throws { work.append(skip, to: parent) }

    package mutating func deleteDescendants(of root: RequestID) throws { try work.deleteDescendants(of: root) }

    package mutating func insert(_ request: JobRequest, _ submission: Submission) throws {
        work.insert(request, submission)
    }

    package mutating func update(
        _ before: JobRequest,
        to after: JobRequest,
        steps: [TransitionStep]
    ) throws {
        try work.update(before, to: after, steps: steps)
    }

    package mutating func dispatchCandidates(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        try work.dispatchCandidates(limit: limit, without: classes)
    }

    package mutating func dueWaiting(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        try work.dueWaiting(limit: limit, without: classes)
    }

    package mutating func longestReady(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        try work.longestReady(limit: limit, without: classes)
    }

    package mutating func inUse(_ slots: [WorkSlot]) throws -> [WorkSlot: Int] { try work.inUse(slots) }

    package mutating func dueCount(before rank: Rank, limit: Int) throws -> Int {
        try work.dueCount(before: rank, limit: limit)
    }

    package mutating func dueTimers(limit: Int) throws -> [JobRequest] { try work.dueTimers(limit: limit) }

    package mutating func hasPending(definition: MetadataObjectID) throws -> Bool {
        try work.hasPending(definition)
    }

    package mutating func append(_ record: AuditRecord) { work.append(record) }
}
