import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting

/// What is stored, so that every store is looked into alike.
extension TestServer {
    /// Requests of one test; more would be left out.
    private static let requestsMax = 500

    func stored(_ id: RequestID) async throws -> JobRequest { try await detail(id).request }

    /// The request with its parameters and its subscription.
    func detail(_ id: RequestID) async throws -> RequestDetail { try present(await store.request(id)) }

    /// All requests that are not deleted, by number.
    func requests() async throws -> [JobRequest] {
        try await store.requests(RequestQuery(limit: Self.requestsMax)).map(\.request).sorted { $0.id < $1.id }
    }

    /// All audit records, oldest first.
    func audit() async throws -> [AuditRecord] {
        let targets = try witness.auditTargets()
        var trails: [AuditTarget: ArraySlice<AuditRecord>] = [:]
        for target in Set(targets) {
            trails[target] = try await store.auditTrail(targetKind: target.kind, targetID: target.id)[...]
        }
        return try targets.map { try present(trails[$0]?.popFirst()) }
    }

    /// What nodes and cluster were told to leave.
    func quiesced() async throws -> Set<QuiesceTarget> {
        try await store.nodes().reduce(into: []) { targets, node in
            if node.isQuiesced { targets.insert(.node(node.name)) }
            if node.isClusterQuiesced { targets.insert(.cluster) }
            for duty in node.stopped { targets.insert(.duty(duty, of: node.name)) }
        }
    }

    /// What is recorded of calls under a key.
    func recordedCalls() async throws -> [RecordedCall] {
        var calls: [RecordedCall] = []
        for key in try witness.callKeys() { calls.append(try present(await store.recordedCall(key))) }
        return calls
    }

    /// Everything, to see that nothing has changed.
    func storedContent() throws -> StoreContent { try witness.content() }

    /// As long as `body` takes, whoever writes a request does not find it as he has read it.
    func withLostIsolation<Value>(_ body: () async throws -> Value) async throws -> Value {
        try witness.loseIsolation(true)
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        // The schema of a database serves other tests afterwards.
        try witness.loseIsolation(false)
        return try result.get()
    }
}
