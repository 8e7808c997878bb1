package import SchedulerCore
import Synchronization

/// A store whose writes fail when told to, before or after their commit, and that shows every commit to an
/// observer, whether or not its caller learns of it.
package final class FaultyStore<Base: RequestStore & ClusterStore>: RequestStore, ClusterStore, FaultInjector {
    package typealias Fault = InjectedFault

    package typealias Observer = @Sendable (StoreCommit) -> Void

    private struct State {
        /// Writes until the fault; nil = none.
        var countdown: Int?
        var fault: Fault = .beforeCommit
        var kind: StoreFault.Kind = .unavailable
        var writes = 0
        var listKind: StoreFault.Kind?
        var readKind: StoreFault.Kind?
        var dropsCommands = false
        var intrusion: (@Sendable () async throws -> Void)?
    }

    let base: Base
    private let state = Mutex(State())
    let observer: Observer

    package init(_ base: Base, observer: @escaping Observer = { _ in }) {
        self.base = base
        self.observer = observer
    }

    /// Lets the write after `writes` more fail, once.
    package func fail(_ fault: InjectedFault, after writes: Int = 0, kind: StoreFault.Kind = .unavailable) {
        state.withLock {
            $0.countdown = writes
            $0.fault = fault
            $0.kind = kind
        }
    }

    /// Lets all lists fail.
    package func failLists(_ kind: StoreFault.Kind) { state.withLock { $0.listKind = kind } }

    package func failReads(_ kind: StoreFault.Kind) { state.withLock { $0.readKind = kind } }

    package func dropCommands() { state.withLock { $0.dropsCommands = true } }

    package func beforeCommands(_ intrusion: @escaping @Sendable () async throws -> Void) {
        state.withLock { $0.intrusion = intrusion }
    }

    package func heal() {
        state.withLock {
            $0.countdown = nil
            $0.listKind = nil
            $0.readKind = nil
            $0.dropsCommands = false
            $0.intrusion = nil
        }
    }

    private func checkRead() throws(StoreFault) {
        if let kind = state.withLock({ $0.readKind }) { throw StoreFault("injected into a read", kind: kind) }
    }

    /// Writes tried so far.
    package var writeCount: Int { state.withLock { $0.writes } }

    func write<Value>(_ body: () async throws -> Value) async throws -> Value {
        let (fault, kind) = state.withLock { state -> (Fault?, StoreFault.Kind) in
            state.writes += 1
            guard let countdown = state.countdown else { return (nil, state.kind) }
            state.countdown = countdown > 0 ? countdown - 1 : nil
            return (countdown == 0 ? state.fault : nil, state.kind)
        }
        if fault == .beforeCommit { throw StoreFault("injected before commit", kind: kind) }
        let value = try await body()
        if fault == .afterCommit { throw StoreFault("injected after commit", kind: kind) }
        return value
    }

    package func now() async throws -> Timestamp { try await base.now() }

    package func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> JobRequest {
        try await write {
            let request = try await base.submit(submission, audit: audit, call: call)
            observer(.submission(request, submission, audit: audit))
            return request
        }
    }

    package func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        let intrusion = state.withLock { state in
            let intrusion = state.intrusion
            state.intrusion = nil
            return intrusion
        }
        try await intrusion?()
        guard !state.withLock({ $0.dropsCommands }) else {
            return commands.map { _ in CommandResult(.dropped(.cannotArise), request: nil) }
        }
        return try await write {
            let results = try await base.perform(commands)
            observer(.commands(commands, results))
            return results
        }
    }

    package func claim(_ claim: @escaping @Sendable () -> Claim) async throws -> ClaimResult {
        try await write {
            let asked = claim()
            let result = try await base.claim(claim)
            observer(.claim(asked, result))
            return result
        }
    }

    package func fireTimers(limit: Int) async throws -> [CommandResult] {
        try await write {
            let results = try await base.fireTimers(limit: limit)
            observer(.timers(results))
            return results
        }
    }

    package func sweepLocks(after id: RequestID?, limit: Int) async throws -> LockSweep {
        try await write {
            let sweep = try await base.sweepLocks(after: id, limit: limit)
            observer(.sweep(after: id, sweep))
            return sweep
        }
    }

    package func nextInstants(without classes: Set<WorkClass>) async throws -> NextInstants {
        try await base.nextInstants(without: classes)
    }

    package func request(_ id: RequestID) async throws -> RequestDetail? {
        try checkRead()
        return try await base.request(id)
    }

    package func requests(_ query: RequestQuery) async throws -> [RequestDetail] {
        try checkRead()
        if let kind = state.withLock({ $0.listKind }) { throw StoreFault("injected into a list", kind: kind) }
        return try await base.requests(query)
    }

    package func history(of id: RequestID) async throws -> [TransitionStep] { try await base.history(of: id) }

    package func skips(of id: RequestID) async throws -> [SkipRecord] { try await base.skips(of: id) }

    package func attempts(of node: NodeID, after id: RequestID?, limit: Int) async throws -> [JobRequest] {
        try await base.attempts(of: node, after: id, limit: limit)
    }

    package func append(_ record: AuditRecord) async throws {
        try await write {
            try await base.append(record)
            observer(.record(record))
        }
    }

    package func auditTrail(targetKind: String, targetID: String) async throws -> [AuditRecord] {
        try await base.auditTrail(targetKind: targetKind, targetID: targetID)
    }

    package var isExclusive: Bool { base.isExclusive }

    package func join(_ node: NodeRecord, lease: Duration, over predecessor: NodeID?) async throws -> JoinOutcome {
        try await write {
            let outcome = try await base.join(node, lease: lease, over: predecessor)
            observer(.join(node, lease: lease, over: predecessor, outcome))
            return outcome
        }
    }

    package func renew(_ node: NodeID, lease: Duration) async throws -> NodeStanding {
        try await write {
            let standing = try await base.renew(node, lease: lease)
            observer(.renewal(node, lease: lease, standing))
            return standing
        }
    }

    package func publish(_ offer: NodeOffer, of node: NodeID) async throws {
        try await base.publish(offer, of: node)
    }

    package func nodes() async throws -> [NodeStatus] {
        try checkRead()
        return try await base.nodes()
    }

    package func setQuiesced(
        _ isQuiesced: Bool,
        _ target: QuiesceTarget,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws {
        try await write {
            try await base.setQuiesced(isQuiesced, target, audit: audit, call: call)
            observer(.quiescence(isQuiesced, target, audit: audit))
        }
    }

    package func lead(_ role: LeaderRole, node: NodeID, lease: Duration) async throws -> LeaderTerm? {
        try await write {
            let term = try await base.lead(role, node: node, lease: lease)
            observer(.lead(role, node, lease: lease, term))
            return term
        }
    }

    package func lostAttempts(
        for node: NodeID,
        after id: RequestID?,
        limit: Int
    ) async throws -> [LostAttempt] {
        try await base.lostAttempts(for: node, after: id, limit: limit)
    }

    package func leave(_ node: NodeID) async throws {
        try await write {
            try await base.leave(node)
            observer(.leave(node))
        }
    }
}

extension FaultyStore: DiagnosisStore where Base: DiagnosisStore {
    package func diagnosisFacts(of id: RequestID) async throws -> DiagnosisFacts? {
        try await base.diagnosisFacts(of: id)
    }
}

extension FaultyStore: ForecastStore where Base: ForecastStore {
    package func forecastSources(
        _ query: ForecastQuery,
        after id: RequestID?,
        limit: Int
    ) async throws -> [ForecastSource] {
        try await base.forecastSources(query, after: id, limit: limit)
    }

    package func forecastWaiting(_ query: ForecastQuery, limit: Int) async throws -> [JobRequest] {
        try await base.forecastWaiting(query, limit: limit)
    }

    package func usualDurations(
        of definitions: [MetadataObjectID]
    ) async throws -> [MetadataObjectID: UsualDuration] {
        try await base.usualDurations(of: definitions)
    }
}

extension FaultyStore: WorkloadStore where Base: WorkloadStore {
    package func slotsInUse(_ slots: [WorkSlot]) async throws -> [WorkSlot: Int] {
        try await base.slotsInUse(slots)
    }

    package func threadsInUse() async throws -> [NodeID: [MetadataObjectID?: Int]] { try await base.threadsInUse() }
}
