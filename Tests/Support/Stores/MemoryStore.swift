package import SchedulerCore
import Synchronization

/// The model of a store: one value behind a lock, a transaction is a copy that replaces it or does not.
package final class MemoryStore: SchedulerStore {
    private let content = Mutex(MemoryContent())
    private let time: any TimeSource
    private let context: Mutex<DecisionContext>
    private let hasLostIsolation = Atomic(false)

    package init(time: any TimeSource, settings: RequestMachine.Settings = .init()) {
        self.time = time
        context = Mutex(DecisionContext(settings: settings))
    }

    /// Everything that is stored, for assertions.
    package var snapshot: MemoryContent { content.withLock { $0 } }

    /// Settings in force.
    package var machineSettings: RequestMachine.Settings { context.withLock { $0.settings } }

    package func change(settings new: RequestMachine.Settings) { context.withLock { $0.settings = new } }

    /// Lets every request differ, when it is written, from what the transaction has read; or no longer.
    package func loseIsolation(_ isLost: Bool) { hasLostIsolation.store(isLost, ordering: .relaxed) }

    package func change(catalogue new: Catalogue) { context.withLock { $0.catalogue = new } }

    package func close() async {}

    func write<Value>(
        _ body: (inout MemoryTransaction, DecisionContext) throws -> Value
    ) throws -> sending Value where Value: Sendable {
        let current = context.withLock { $0 }
        let wall = time.now()
        return try content.withLock { content in
            var transaction = MemoryTransaction(content: content, now: wall)
            transaction.hasLostIsolation = hasLostIsolation.load(ordering: .relaxed)
            // Time that a call has seen has passed, whatever becomes of the call.
            content.lastTime = transaction.now
            let value = try body(&transaction, current)
            content = transaction.content
            return value
        }
    }

    /// Time that a caller has seen has passed.
    package func now() -> Timestamp {
        let wall = time.now()
        return content.withLock { content in
            content.lastTime = max(wall, content.lastTime)
            return content.lastTime
        }
    }

    package func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> JobRequest {
        try write { transaction, _ in
            try CommandInterpreter.submit(submission, audit: audit, call: call, in: &transaction)
        }
    }

    package func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        try write { transaction, context in
            try CommandInterpreter.perform(commands, context: context, in: &transaction)
        }
    }

    package func claim(_ claim: @escaping @Sendable () -> Claim) async throws -> ClaimResult {
        try write { transaction, context in
            try CommandInterpreter.claim(claim(), context: context, in: &transaction)
        }
    }

    package func fireTimers(limit: Int) async throws -> [CommandResult] {
        try write { transaction, context in
            try CommandInterpreter.fireTimers(limit: limit, context: context, in: &transaction)
        }
    }

    package func sweepLocks(after id: RequestID?, limit: Int) async throws -> LockSweep {
        try write { transaction, context in
            try CommandInterpreter.sweepLocks(after: id, limit: limit, context: context, in: &transaction)
        }
    }

    package func diagnosisFacts(of id: RequestID) async throws -> DiagnosisFacts? {
        try write { transaction, context in
            try CommandInterpreter.diagnosisFacts(of: id, context: context, in: &transaction)
        }
    }

    package func nextInstants(without classes: Set<WorkClass>) async throws -> NextInstants {
        let requests = snapshot.requests.values
        return NextInstants(
            due: requests.filter { request in
                request.state == .wait && !classes.contains(request.facts.workClass)
                    && !classes.contains(WorkClass(request.workGroup))
            }
            .compactMap(\.dispatchTime).min(),
            timer: requests.compactMap { $0.nextTimer?.time }.min()
        )
    }

    package func request(_ id: RequestID) async throws -> RequestDetail? {
        let content = snapshot
        guard let request = content.requests[id], request.deletedTime == nil else { return nil }
        return detail(request, in: content, parameters: true)
    }

    package func requests(_ query: RequestQuery) async throws -> [RequestDetail] {
        let content = snapshot
        let matching = content.requests.values.filter { request in
            let evaluator = FilterEvaluator { request.value(of: $0) }
            return request.deletedTime == nil && (query.ids.map { $0.contains(request.id) } ?? true)
                && (query.filter.map(evaluator.matches) ?? true)
                && (query.visibility.map(evaluator.matches) ?? true)
        }
        let ordered: [JobRequest]
        if let ids = query.ids {
            ordered = ids.compactMap { id in matching.first { $0.id == id } }
        } else {
            ordered = matching.sorted { left, right in
                let field = query.order.field
                return query.order.precedes(left.value(of: field), right.value(of: field)) ?? (left.id < right.id)
            }
        }
        return ordered.dropFirst(query.offset).prefix(query.limit).map {
            detail($0, in: content, parameters: query.includesParameters)
        }
    }

    package func history(of id: RequestID) async throws -> [TransitionStep] { snapshot.history[id] ?? [] }

    package func skips(of id: RequestID) async throws -> [SkipRecord] { snapshot.skips[id] ?? [] }

    package func attempts(of node: NodeID, after id: RequestID?, limit: Int) async throws -> [JobRequest] {
        let owned = snapshot.requests.values.filter { $0.owner == node && $0.id > (id ?? RequestID(.min)) }
        return Array(owned.sorted { $0.id < $1.id }.prefix(limit))
    }

    package func append(_ record: AuditRecord) async throws {
        try write {
            $0.append(record); _ = $1
        }
    }

    package func auditTrail(targetKind: String, targetID: String) async throws -> [AuditRecord] {
        snapshot.audit.filter { $0.targetKind == targetKind && $0.targetID == targetID }
    }

    package func metadata() async throws -> [StoredMetadata] {
        snapshot.metadata.values.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    package func changeMetadata(
        _ set: MetadataChangeSet,
        audit: AuditEntry,
        call: IdempotentCall?
    ) async throws -> [MetadataOutcome] {
        try write { transaction, _ in
            try MetadataInterpreter.perform(set, audit: audit, call: call, in: &transaction)
        }
    }

    package func metadataVersions(of id: String) async throws -> [StoredMetadataVersion] {
        (snapshot.metadataVersions[id] ?? []).reversed()
    }

    package func metadataRevision() async throws -> Int64 { snapshot.metadataRevision }

    package func establish(_ fact: InstallationFact, _ value: String) async throws -> String {
        try write { transaction, _ in
            let established = transaction.content.facts[fact] ?? value
            transaction.content.facts[fact] = established
            return established
        }
    }

    private func detail(_ request: JobRequest, in content: MemoryContent, parameters: Bool) -> RequestDetail {
        let submission = content.submissions[request.id]
        return RequestDetail(
            request: request,
            parameters: parameters ? submission?.parameters ?? [] : [],
            callback: submission?.callback,
            schedule: request.followsSchedule ? content.plans[request.lineage.absParentID]?.schedule : nil
        )
    }
}
