import SchedulerCore
import SchedulerTesting
import Synchronization

/// A memory store that notes its calls and lets a test have its say before each of them.
final class ScriptedStore: RequestStore, ClusterStore {
    enum Call: Hashable, Sendable {
        case submit
        case perform([RequestCommand])
        case claim(Claim)
        case fireTimers(limit: Int)
        case nextInstants
        case attempts(of: NodeID)
        case lostAttempts
        case append
        case join
        case renew
        case setQuiesced
        case lead
        case leave
    }

    private struct State {
        var calls: [Call] = []
        var script: @Sendable (Call) async throws -> Void = { _ in }
        var afterword: @Sendable (Call) async -> Void = { _ in }
        var answer: @Sendable (RequestCommand) -> CommandResult.Outcome? = { _ in nil }
    }

    let memory: MemoryStore
    private let state = Mutex(State())

    init(_ memory: MemoryStore) { self.memory = memory }

    var calls: [Call] { state.withLock { $0.calls } }

    /// Commands in the order of the calls.
    var commands: [RequestCommand] {
        calls.flatMap { call -> [RequestCommand] in if case .perform(let commands) = call { commands } else { [] } }
    }

    var claims: [Claim] { calls.compactMap { call in if case .claim(let claim) = call { claim } else { nil } } }

    /// From now on `script` is asked before each call; what it throws, the call throws, and nothing is written.
    func before(_ script: @escaping @Sendable (Call) async throws -> Void) { state.withLock { $0.script = script } }

    /// From now on `script` has its say between the work of a claim, a renewal or a reading of attempts and its answer.
    func after(_ script: @escaping @Sendable (Call) async -> Void) { state.withLock { $0.afterword = script } }

    /// From now on commands for which `answer` has an outcome get it, and change nothing.
    func answer(_ answer: @escaping @Sendable (RequestCommand) -> CommandResult.Outcome?) {
        state.withLock { $0.answer = answer }
    }

    private func enter(_ call: Call) async throws {
        let script = state.withLock { state in
            state.calls.append(call)
            return state.script
        }
        try await script(call)
    }

    func now() async throws -> Timestamp { memory.now() }

    func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> JobRequest {
        try await enter(.submit)
        return try await memory.submit(submission, audit: audit, call: call)
    }

    func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        try await enter(.perform(commands))
        let answer = state.withLock { $0.answer }
        var results: [CommandResult] = []
        for command in commands {
            if let outcome = answer(command) {
                results.append(CommandResult(outcome, request: memory.snapshot.requests[command.requestID]))
            } else {
                results += try await memory.perform([command])
            }
        }
        return results
    }

    func claim(_ claim: @escaping @Sendable () -> Claim) async throws -> ClaimResult {
        try await enter(.claim(claim()))
        let result = try await memory.claim(claim)
        await state.withLock { $0.afterword }(.claim(claim()))
        return result
    }

    func fireTimers(limit: Int) async throws -> [CommandResult] {
        try await enter(.fireTimers(limit: limit))
        let due = memory.snapshot.requests.values.filter { $0.nextTimer.map { $0.time <= memory.now() } ?? false }
        let answer = state.withLock { $0.answer }
        let scripted = due.compactMap { request in
            answer(RequestCommand(request.id, .timer)).map { CommandResult($0, request: request) }
        }
        return scripted.isEmpty ? try await memory.fireTimers(limit: limit) : scripted
    }

    func sweepLocks(after id: RequestID?, limit: Int) async throws -> LockSweep {
        try await memory.sweepLocks(after: id, limit: limit)
    }

    func nextInstants(without classes: Set<WorkClass>) async throws -> NextInstants {
        try await enter(.nextInstants)
        return try await memory.nextInstants(without: classes)
    }

    func request(_ id: RequestID) async throws -> RequestDetail? { try await memory.request(id) }

    func requests(_ query: RequestQuery) async throws -> [RequestDetail] { try await memory.requests(query) }

    func history(of id: RequestID) async throws -> [TransitionStep] { try await memory.history(of: id) }

    func skips(of id: RequestID) async throws -> [SkipRecord] { try await memory.skips(of: id) }

    func attempts(of node: NodeID, after id: RequestID?, limit: Int) async throws -> [JobRequest] {
        try await enter(.attempts(of: node))
        let attempts = try await memory.attempts(of: node, after: id, limit: limit)
        await state.withLock { $0.afterword }(.attempts(of: node))
        return attempts
    }

    func append(_ record: AuditRecord) async throws {
        try await enter(.append)
        try await memory.append(record)
    }

    func auditTrail(targetKind: String, targetID: String) async throws -> [AuditRecord] {
        try await memory.auditTrail(targetKind: targetKind, targetID: targetID)
    }

    var isExclusive: Bool { memory.isExclusive }

    func join(_ node: NodeRecord, lease: Duration, over predecessor: NodeID?) async throws -> JoinOutcome {
        try await enter(.join)
        return try await memory.join(node, lease: lease, over: predecessor)
    }

    func renew(_ node: NodeID, lease: Duration) async throws -> NodeStanding {
        try await enter(.renew)
        let standing = try await memory.renew(node, lease: lease)
        await state.withLock { $0.afterword }(.renew)
        return standing
    }

    func nodes() async throws -> [NodeStatus] { try await memory.nodes() }

    func setQuiesced(
        _ isQuiesced: Bool,
        _ target: QuiesceTarget,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws {
        try await enter(.setQuiesced)
        try await memory.setQuiesced(isQuiesced, target, audit: audit, call: call)
    }

    func lead(_ role: LeaderRole, node: NodeID, lease: Duration) async throws -> LeaderTerm? {
        try await enter(.lead)
        return try await memory.lead(role, node: node, lease: lease)
    }

    func lostAttempts(
        for node: NodeID,
        after id: RequestID?,
        limit: Int
    ) async throws -> [LostAttempt] {
        try await enter(.lostAttempts)
        return try await memory.lostAttempts(for: node, after: id, limit: limit)
    }

    func publish(_ offer: NodeOffer, of node: NodeID) async throws { try await memory.publish(offer, of: node) }

    func leave(_ node: NodeID) async throws {
        try await enter(.leave)
        try await memory.leave(node)
    }
}
