package import SchedulerCore

/// The whole content of a memory store. As a value it is its own rollback.
package struct MemoryContent: Hashable, Sendable {
    package var requests: [RequestID: JobRequest] = [:]
    package var submissions: [RequestID: Submission] = [:]
    package var history: [RequestID: [TransitionStep]] = [:]
    package var plans: [RequestID: RequestPlan] = [:]
    package var skips: [RequestID: [SkipRecord]] = [:]
    package var claims: [RequestID: [LockClaim]] = [:]
    package var outbox: [OutboxKey: OutboxEntry] = [:]
    package var audit: [AuditRecord] = []
    package var calls: [CallKey: RecordedCall] = [:]
    package var nodes: [NodeID: MemoryNode] = [:]
    package var quiesced: Set<QuiesceTarget> = []
    package var leaders: [LeaderRole: MemoryLeader] = [:]
    package var metadata: [String: StoredMetadata] = [:]
    /// Oldest first.
    package var metadataVersions: [String: [StoredMetadataVersion]] = [:]
    package var metadataRevision: Int64 = 0
    package var facts: [InstallationFact: String] = [:]
    /// By the bytes of their names, as stores compare them.
    package var secrets: [[UInt8]: StoredSecret] = [:]
    package var purgeCursors: [MetadataObjectID: Timestamp] = [:]
    package var purgeRuns: [Int64: PurgeRun] = [:]
    /// Roots of deleted trees that never go for good.
    package var kept: Set<RequestID> = []
    package var lastRequestID: Int64 = 0
    package var lastEpoch: Int64 = 0
    package var lastTime = Timestamp(milliseconds: 0)

    package init() {}
}

package struct MemoryNode: Hashable, Sendable {
    package var record: NodeRecord
    package var joinedTime: Timestamp
    package var leaseEnd: Timestamp
    package var offer: NodeOffer?

    package init(record: NodeRecord, joinedTime: Timestamp, leaseEnd: Timestamp) {
        self.record = record
        self.joinedTime = joinedTime
        self.leaseEnd = leaseEnd
    }
}

package struct MemoryLeader: Hashable, Sendable {
    package var node: NodeID
    package var term: Int64
    package var leaseEnd: Timestamp
}

/// A write transaction over a copy of the content.
package struct MemoryTransaction: RequestTransaction {
    package var content: MemoryContent
    package let now: Timestamp
    package var freedKeys: Set<LockKey> = []
    package var idleWaiters: Set<RequestID> = []
    /// Whether somebody else changes each request between the reading and the writing of it.
    package var hasLostIsolation = false

    package init(content: MemoryContent, now: Timestamp) {
        self.content = content
        self.now = max(now, content.lastTime)
        self.content.lastTime = self.now
    }

    package mutating func standing(of node: NodeID) -> NodeStanding {
        guard let entry = content.nodes[node], entry.leaseEnd > now else { return .none }
        return content.quiesced.isDisjoint(with: QuiesceTarget.all(of: entry.record.name)) ? .active : .quiesced
    }

    package mutating func nextRequestIDs(_ count: Int) -> [RequestID] {
        let last = content.lastRequestID
        content.lastRequestID += Int64(count)
        return (0..<count).map { RequestID(last + 1 + Int64($0)) }
    }

    package mutating func lock(_ ids: [RequestID]) {}

    package mutating func nextEpochs(_ count: Int) -> [AttemptEpoch] {
        let last = content.lastEpoch
        content.lastEpoch += Int64(count)
        return (0..<count).map { AttemptEpoch(last + 1 + Int64($0)) }
    }

    package mutating func request(_ id: RequestID) -> JobRequest? { content.requests[id] }

    package mutating func parameters(of ids: [RequestID]) -> [RequestID: [Parameter]] {
        ids.reduce(into: [:]) { $0[$1] = content.submissions[$1]?.parameters }
    }

    package mutating func insert(_ request: JobRequest, _ submission: Submission) {
        content.requests[request.id] = request
        content.submissions[request.id] = submission
        content.plans[request.id] = submission.plan
    }

    package mutating func liveChildren(of parents: [RequestID]) -> [JobRequest] {
        content.requests.values
            .filter { child in child.lineage.parentID.map(parents.contains) ?? false && !child.state.isTerminal }
            .sorted { $0.id < $1.id }
    }

    package mutating func plan(of root: RequestID) -> RequestPlan? { content.plans[root] }

    package mutating func replacePlan(of root: RequestID, with plan: RequestPlan) { content.plans[root] = plan }

    package mutating func replaceParameters(of id: RequestID, with parameters: [Parameter]) {
        content.submissions[id]?.parameters = parameters
    }

    package mutating func append(_ skip: SkipRecord, to parent: RequestID) {
        content.skips[parent, default: []].append(skip)
    }

    package mutating func deleteDescendants(of root: RequestID) {
        for request in content.requests.values where request.lineage.absParentID == root && request.id != root {
            content.requests[request.id]?.deletedTime = request.deletedTime ?? now
        }
    }

    package mutating func update(_ before: JobRequest, to after: JobRequest, steps: [TransitionStep]) throws {
        if hasLostIsolation { content.requests[before.id]?.revision += 1 }
        guard let stored = content.requests[before.id], stored.state == before.state, stored.epoch == before.epoch,
            stored.revision == before.revision
        else { throw SchedulerError(1051, before.id.description) }
        content.requests[before.id] = after
        content.history[before.id, default: []] += steps
    }

    package mutating func dispatchCandidates(limit: Int, without classes: Set<WorkClass>) -> [JobRequest] {
        ranked(limit: limit) { request in
            (request.dispatchTime.map { $0 <= now } ?? false) && !isPassedOver(request, classes)
        }
    }

    package mutating func dueWaiting(limit: Int, without classes: Set<WorkClass>) -> [JobRequest] {
        ranked(limit: limit) { request in
            request.state == .wait && (request.dispatchTime.map { $0 <= now } ?? false)
                && !isPassedOver(request, classes)
        }
    }

    package mutating func longestReady(limit: Int, without classes: Set<WorkClass>) -> [JobRequest] {
        let found = content.requests.values.filter { request in
            request.state == .ready && (request.dispatchTime.map { $0 <= now } ?? false)
                && !isPassedOver(request, classes)
        }
        let order: (JobRequest) -> (Int64, Int64) = { ($0.readyTime?.milliseconds ?? .max, $0.id.value) }
        return Array(found.sorted { order($0) < order($1) }.prefix(limit))
    }

    package mutating func inUse(_ slots: [WorkSlot]) -> [WorkSlot: Int] {
        slots.reduce(into: [:]) { found, slot in
            found[slot] = content.requests.values.count { $0.workSlot == slot }
        }
    }

    private func isPassedOver(_ request: JobRequest, _ classes: Set<WorkClass>) -> Bool {
        guard !classes.isEmpty else { return false }
        return classes.contains(request.facts.workClass) || classes.contains(WorkClass(request.workGroup))
    }

    package mutating func dueCount(before rank: Rank, limit: Int) -> Int {
        min(
            limit,
            content.requests.values.count { request in
                (request.dispatchTime.map { $0 <= now } ?? false) && request.rank < rank
            }
        )
    }

    package mutating func dueTimers(limit: Int) -> [JobRequest] {
        let due = content.requests.values.filter { $0.nextTimer.map { $0.time <= now } ?? false }
        return Array(due.sorted { timerOrder($0) < timerOrder($1) }.prefix(limit))
    }

    package mutating func hasPending(definition: MetadataObjectID) -> Bool {
        content.requests.values.contains { $0.facts.definitionID == definition && $0.hindersAnotherPending }
    }

    package mutating func append(_ record: AuditRecord) { content.audit.append(record) }

    private func ranked(limit: Int, where isWanted: (JobRequest) -> Bool) -> [JobRequest] {
        Array(content.requests.values.filter(isWanted).sorted { $0.rank < $1.rank }.prefix(limit))
    }

    private func timerOrder(_ request: JobRequest) -> (Int64, Int64) {
        (request.nextTimer?.time.milliseconds ?? .max, request.id.value)
    }
}
