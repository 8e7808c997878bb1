import SchedulerCore
import SchedulerTesting
import Testing

/// What a dispatch pass does about requests that may not, or cannot, be started.
struct StartTests {
    private static let claim = Claim(node: RequestShape.node, processor: "a", limit: 5, readyLimit: 0)

    private func transaction(_ requests: JobRequest...) -> MemoryTransaction {
        var content = MemoryContent()
        for request in requests { content.requests[request.id] = request }
        content.enter(RequestShape.node)
        return MemoryTransaction(content: content, now: RequestShape.now)
    }

    /// The request after a pass with these users, of whom those with the role Runner may execute the definition.
    private func outcome(runAs: String? = nil, _ users: User...) throws -> JobRequest? {
        let rule = MetadataRule(resource: .all, actions: [.execute])
        let objects: [MetadataContent] =
            [.role(Role(name: "Runner")), .grant(Grant(name: "g", grantee: .role("Runner"), metadata: [rule]))]
            + users.map { .user($0) }
        let context = DecisionContext(catalogue: Catalogue(objects.map { MetadataObject($0, origin: .directory) }))
        var facts = RequestShape.facts()
        facts.runAsUser = runAs ?? facts.submitter
        let request = JobRequest(
            lineage: .root(.singleton, id: RequestID(7)),
            submission: Submission(facts: facts),
            now: RequestShape.submitted
        )
        var transaction = transaction(request)
        let result = try CommandInterpreter.claim(Self.claim, context: context, in: &transaction)
        #expect(result.started.count + result.changes.count == 1 && result.skipped.isEmpty)
        return transaction.content.requests[RequestID(7)]
    }

    @Test("runtime §1.4: a request whose user is disabled, or may no longer execute it, ends at its start")
    func unusableUsers() throws {
        let name = RequestShape.facts().submitter
        let disabled = try outcome(User(name: name, isEnabled: false, roles: ["Runner"]))
        #expect(disabled?.state == .error && disabled?.cause == .requestLoginError && disabled?.errorType == .system)
        let batch = try outcome(
            runAs: "batch",
            User(name: name, roles: ["Runner"]),
            User(name: "batch", isEnabled: false)
        )
        #expect(batch?.state == .error && batch?.cause == .requestLoginError)
        #expect(batch?.message?.text.contains("batch") == true)
        let denied = try outcome(User(name: name))
        #expect(denied?.state == .error && denied?.cause == .requestAuthorizationFailed)
        #expect(denied?.message?.text.contains(name) == true)
    }

    @Test("Whoever may execute it, and who is known by a token alone, has his request started")
    func usableUsers() throws {
        #expect(try outcome(User(name: RequestShape.facts().submitter, roles: ["Runner"]))?.state == .running)
        #expect(try outcome()?.state == .running)
    }

    @Test("A candidate that cannot be started keeps no other from starting")
    func skipped() throws {
        let held = RequestShape.hold.request()
        let waiting = JobRequest(
            lineage: .root(.singleton, id: RequestID(8)),
            submission: Submission(facts: RequestShape.facts()),
            now: RequestShape.submitted
        )
        var transaction = MisleadingTransaction(base: transaction(held, waiting))
        let result = try CommandInterpreter.claim(Self.claim, context: DecisionContext(), in: &transaction)
        #expect(result.started.map(\.request.id.value) == [8] && result.skipped == [RequestID(7)])
        #expect(transaction.base.content.requests[RequestID(7)] == held)
    }

    @Test("A timer that the machine does not know is written anew, so that it does not come back")
    func unknownTimer() throws {
        var transaction = MisleadingTransaction(base: transaction(RequestShape.hold.request()))
        let results = try CommandInterpreter.fireTimers(limit: 10, context: DecisionContext(), in: &transaction)
        #expect(results.count == 1 && results.first?.outcome != .applied)
        #expect(transaction.base.content.requests[RequestID(7)]?.revision == 1)
    }
}

/// A transaction that takes everything for due.
private struct MisleadingTransaction: WrappedTransaction {
    var base: MemoryTransaction

    private func everything() -> [JobRequest] { base.content.requests.values.sorted { $0.id < $1.id } }

    mutating func dispatchCandidates(limit: Int, without classes: Set<WorkClass>) -> [JobRequest] {
        everything().filter { $0.state == .wait || $0.state == .hold }
    }

    mutating func dueTimers(limit: Int) -> [JobRequest] { everything() }
}
