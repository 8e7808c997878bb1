import SchedulerCore
import SchedulerTesting

extension MemoryContent {
    /// Makes the node a member for ever.
    mutating func enter(_ node: NodeID) {
        let record = NodeRecord(
            id: node,
            name: "node",
            process: ProcessIdentity(pid: 1, startTicks: 1, bootID: "boot")
        )
        nodes[node] = MemoryNode(record: record, joinedTime: lastTime, leaseEnd: Timestamp(milliseconds: .max))
    }
}

/// A memory transaction of which a test changes single verbs.
protocol WrappedTransaction: RequestTransaction {
    var base: MemoryTransaction { get set }
}

extension WrappedTransaction {
    var now: Timestamp { base.now }
    mutating func standing(of node: NodeID) throws -> NodeStanding { base.standing(of: node) }
    mutating func lock(_ ids: [RequestID]) throws { base.lock(ids) }
    mutating func nextRequestIDs(_ count: Int) throws -> [RequestID] { base.nextRequestIDs(count) }

    mutating func liveChildren(of parents: [RequestID]) throws -> [JobRequest] { base.liveChildren(of: parents) }

    mutating func plan(of root: RequestID) throws -> RequestPlan? { base.plan(of: root) }

    mutating func replacePlan(of root: RequestID, with plan: RequestPlan) throws {
        base.replacePlan(of: root, with: plan)
    }

    mutating func replaceParameters(of id: RequestID, with parameters: [Parameter]) throws {
        base.replaceParameters(of: id, with: parameters)
    }

    mutating func append(_ skip: SkipRecord, to parent: RequestID) throws { base.append(skip, to: parent) }

    mutating func deleteDescendants(of root: RequestID) throws { base.deleteDescendants(of: root) }
    mutating func nextEpochs(_ count: Int) throws -> [AttemptEpoch] { base.nextEpochs(count) }
    mutating func request(_ id: RequestID) throws -> JobRequest? { base.request(id) }
    mutating func parameters(of ids: [RequestID]) throws -> [RequestID: [Parameter]] { base.parameters(of: ids) }
    mutating func insert(_ request: JobRequest, _ submission: Submission) throws { base.insert(request, submission) }
    mutating func update(_ before: JobRequest, to after: JobRequest, steps: [TransitionStep]) throws {
        try base.update(before, to: after, steps: steps)
    }
    mutating func dispatchCandidates(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        base.dispatchCandidates(limit: limit, without: classes)
    }

    mutating func dueWaiting(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        base.dueWaiting(limit: limit, without: classes)
    }
    mutating func longestReady(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        base.longestReady(limit: limit, without: classes)
    }

    mutating func inUse(_ slots: [WorkSlot]) throws -> [WorkSlot: Int] { base.inUse(slots) }

    mutating func dueCount(before rank: Rank, limit: Int) throws -> Int { base.dueCount(before: rank, limit: limit) }
    mutating func dueTimers(limit: Int) throws -> [JobRequest] { base.dueTimers(limit: limit) }
    mutating func hasPending(definition: MetadataObjectID) throws -> Bool { base.hasPending(definition: definition) }
    mutating func append(_ record: AuditRecord) throws { base.append(record) }
    mutating func record(_ call: RecordedCall) throws { try base.record(call) }
}
