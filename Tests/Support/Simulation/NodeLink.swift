package import SchedulerCore
import Synchronization

/// The way of one node to the store. It can be cut; a call can stand still on the way there and on the way back.
package final class NodeLink: RequestStore, ClusterStore {
    /// The node whose call the store is working on.
    @TaskLocal package static var caller: NodeID?

    private let base: any RequestStore & ClusterStore
    private let view: NodeView
    private let isCutNow = Mutex(false)

    package init(_ base: any RequestStore & ClusterStore, view: NodeView) {
        self.base = base
        self.view = view
    }

    package var isCut: Bool {
        get { isCutNow.withLock { $0 } }
        set { isCutNow.withLock { $0 = newValue } }
    }

    private func call<Value: Sendable>(
        _ body: @Sendable (any RequestStore & ClusterStore) async throws -> Value
    ) async throws -> Value {
        try await pass()
        let value = try await Self.$caller.withValue(view.record.id) { try await body(base) }
        try await pass()
        return value
    }

    private func pass() async throws {
        await HeldWork.current?.passMoment()
        guard !isCut, !view.isGone, HeldWork.current?.isAbandoned != true else {
            throw StoreFault("the store cannot be reached", kind: .unavailable)
        }
    }

    package func now() async throws -> Timestamp { try await call { try await $0.now() } }

    package func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> JobRequest {
        try await self.call { try await $0.submit(submission, audit: audit, call: call) }
    }

    package func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        try await call { try await $0.perform(commands) }
    }

    package func claim(_ claim: @escaping @Sendable () -> Claim) async throws -> ClaimResult {
        try await call { try await $0.claim(claim) }
    }

    package func fireTimers(limit: Int) async throws -> [CommandResult] {
        try await call { try await $0.fireTimers(limit: limit) }
    }

    package func sweepLocks(after id: RequestID?, limit: Int) async throws -> LockSweep {
        try await call { try await $0.sweepLocks(after: id, limit: limit) }
    }

    package func nextInstants(without classes: Set<WorkClass>) async throws -> NextInstants {
        try await call { try await $0.nextInstants(without: classes) }
    }

    package func request(_ id: RequestID) async throws -> RequestDetail? {
        try await call { try await $0.request(id) }
    }

    package func requests(_ query: RequestQuery) async throws -> [RequestDetail] {
        try await call { try await $0.requests(query) }
    }

    package func history(of id: RequestID) async throws -> [TransitionStep] {
        try await call { try await $0.history(of: id) }
    }

    package func skips(of id: RequestID) async throws -> [SkipRecord] { try await call { try await $0.skips(of: id) } }

    package func attempts(of node: NodeID, after id: RequestID?, limit: Int) async throws -> [JobRequest] {
        try await call { try await $0.attempts(of: node, after: id, limit: limit) }
    }

    package func append(_ record: AuditRecord) async throws { try await call { try await $0.append(record) } }

    package func auditTrail(targetKind: String, targetID: String) async throws -> [AuditRecord] {
        try await call { try await $0.auditTrail(targetKind: targetKind, targetID: targetID) }
    }

    package var isExclusive: Bool { base.isExclusive }

    package func join(_ node: NodeRecord, lease: Duration, over predecessor: NodeID?) async throws -> JoinOutcome {
        let asked = view.clock.monotonicNow()
        let outcome = try await call { try await $0.join(node, lease: lease, over: predecessor) }
        if outcome == .joined { view.granted(askedAt: asked) }
        return outcome
    }

    package func renew(_ node: NodeID, lease: Duration) async throws -> NodeStanding {
        let asked = view.clock.monotonicNow()
        let standing = try await call { try await $0.renew(node, lease: lease) }
        if standing == .none { view.refused() } else { view.granted(askedAt: asked) }
        return standing
    }

    package func publish(_ offer: NodeOffer, of node: NodeID) async throws {
        try await call { try await $0.publish(offer, of: node) }
    }

    package func leave(_ node: NodeID) async throws { try await call { try await $0.leave(node) } }

    package func nodes() async throws -> [NodeStatus] { try await call { try await $0.nodes() } }

    package func setQuiesced(
        _ isQuiesced: Bool,
        _ target: QuiesceTarget,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws {
        try await self.call { try await $0.setQuiesced(isQuiesced, target, audit: audit, call: call) }
    }

    package func lead(_ role: LeaderRole, node: NodeID, lease: Duration) async throws -> LeaderTerm? {
        try await call { try await $0.lead(role, node: node, lease: lease) }
    }

    package func lostAttempts(for node: NodeID, after id: RequestID?, limit: Int) async throws -> [LostAttempt] {
        try await call { try await $0.lostAttempts(for: node, after: id, limit: limit) }
    }
}
