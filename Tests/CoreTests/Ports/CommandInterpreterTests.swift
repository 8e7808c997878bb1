import SchedulerCore
import SchedulerTesting
import Testing

/// Read, decide, write, audit: the steps that all stores share.
struct CommandInterpreterTests {
    private static let context = DecisionContext(settings: .init(forceCancelAfter: .seconds(1800)))
    private static let audit = AuditEntry(principal: "anna", action: "test", attestation: "seen")

    private func transaction(_ requests: JobRequest...) -> MemoryTransaction {
        var content = MemoryContent()
        content.enter(RequestShape.node)
        for request in requests { content.requests[request.id] = request }
        content.lastRequestID = 100
        content.lastEpoch = 100
        return MemoryTransaction(content: content, now: RequestShape.now)
    }

    private func perform(
        _ event: RequestEvent,
        epoch: AttemptEpoch? = nil,
        in transaction: inout MemoryTransaction
    ) throws -> CommandResult {
        let results = try CommandInterpreter.perform(
            [RequestCommand(RequestID(7), event, epoch: epoch, audit: Self.audit)],
            context: Self.context,
            in: &transaction
        )
        return try #require(results.first)
    }

    @Test("I7: what is refused, dropped or repeated changes nothing, audit included", arguments: RequestShape.allCases)
    func refusalsChangeNothing(_ shape: RequestShape) throws {
        for (name, event) in CourseTable.events {
            var transaction = transaction(shape.request())
            let before = transaction.content
            let result = try perform(event.event, in: &transaction)
            switch result.outcome {
            case .applied:
                #expect(transaction.content.requests[RequestID(7)] == result.request, "\(name)")
                #expect(transaction.content.audit.count == 1, "\(name)")
            case .unchanged, .refused, .dropped:
                // A late call leaves its line in the history, and no other trace.
                let isLate = result.request?.lateCalls == 1
                if !isLate { #expect(transaction.content == before, "\(name) in \(shape.rawValue)") }
                #expect(
                    transaction.content.audit.isEmpty && result.request?.state == before.requests[RequestID(7)]?.state
                )
                #expect(result.changes.isEmpty, "\(name)")
            }
        }
    }

    @Test("A change writes its steps and one audit record with caller, attestation, target and time")
    func applied() throws {
        var transaction = transaction(RequestShape.cancellingWaiting.request())
        let result = try perform(.forceCancel, in: &transaction)
        #expect(result.outcome == .applied && result.request?.state == .cancelled)
        #expect(transaction.content.history[RequestID(7)]?.map(\.event) == [.forceCancel])
        #expect(
            transaction.content.audit == [
                AuditRecord(
                    time: RequestShape.now,
                    entry: Self.audit,
                    targetKind: "Request",
                    targetID: "7",
                    outcome: .ok
                )
            ]
        )
    }

    @Test("I57: a command of an older attempt is dropped before anything is decided", arguments: RequestShape.allCases)
    func staleEpoch(_ shape: RequestShape) throws {
        for epoch in [AttemptEpoch(40), AttemptEpoch(42)] {
            for event in CourseTable.events.values {
                var transaction = transaction(shape.request())
                let before = transaction.content
                let result = try perform(event.event, epoch: epoch, in: &transaction)
                #expect(result.outcome == .dropped(.staleEpoch))
                #expect(transaction.content == before)
            }
        }
    }

    @Test("C68: what does not exist or is deleted is refused to people and dropped for attempts")
    func absent() throws {
        let deleted = RequestShape.succeeded.request { $0.deletedTime = RequestShape.begun }
        for var transaction in [transaction(), transaction(deleted)] {
            let refused = try perform(.cancel, in: &transaction)
            #expect(refused.outcome == .refused(SchedulerError(1001, "7")) && refused.request == nil)
            let dropped = try perform(.attemptEndedByServer, epoch: RequestShape.epoch, in: &transaction)
            #expect(dropped.outcome == .dropped(.noRequest))
        }
    }

    @Test("A row that changed between read and write is a conflict and nothing is written")
    func conflict() throws {
        var transaction = RacingTransaction(base: transaction(RequestShape.cancellingWaiting.request()))
        let command = RequestCommand(RequestID(7), .forceCancel, audit: Self.audit)
        #expect(throws: SchedulerError(1051, "7")) {
            try CommandInterpreter.perform([command], context: Self.context, in: &transaction)
        }
        #expect(transaction.base.content.audit.isEmpty)
    }

    @Test("C18: a second pending request is refused where the definition forbids it")
    func duplicatePending() throws {
        var submission = Submission(facts: RequestShape.facts())
        submission.policy.allowMultiplePending = false
        let pending: [RequestShape] = [.wait, .ready, .blocked, .hold, .pendingValidation, .errorAutoRetry]
        for shape in RequestShape.allCases {
            var transaction = transaction(shape.request())
            let before = transaction.content
            guard pending.contains(shape) else {
                #expect(throws: Never.self) {
                    try CommandInterpreter.submit(submission, audit: nil, in: &transaction)
                }
                continue
            }
            #expect(throws: SchedulerError(1050, "JobDefinition://acme/Job")) {
                try CommandInterpreter.submit(submission, audit: Self.audit, in: &transaction)
            }
            #expect(transaction.content == before)
        }
    }

    @Test("A claim starts the best-ranked requests, lets expired ones end and makes the rest READY")
    func claim() throws {
        let requests = (1...5).map { number in
            var submission = Submission(facts: RequestShape.facts())
            submission.policy.priority = number == 4 ? 9 : 4
            if number == 1 { submission.policy.requestExpiration = .seconds(1) }
            return JobRequest(
                lineage: .root(.singleton, id: RequestID(Int64(number))),
                submission: submission,
                now: RequestShape.submitted
            )
        }
        var transaction = transaction()
        for request in requests { transaction.content.requests[request.id] = request }
        let claim = Claim(node: RequestShape.node, processor: "a", limit: 2, readyLimit: 1)
        let result = try CommandInterpreter.claim(claim, context: Self.context, in: &transaction)
        #expect(result.started.map(\.request.id.value) == [4, 2])
        #expect(Set(result.started.compactMap(\.request.epoch)).count == 2)
        #expect(result.changes.count { $0.request.state == .expired } == 1 && result.becameReady == 1)
        let states = requests.map { transaction.content.requests[$0.id]?.state }
        #expect(states == [.expired, .running, .ready, .running, .wait])
    }

    @Test("A claim without a free thread starts nothing")
    func claimWithoutThread() throws {
        var transaction = transaction(RequestShape.wait.request())
        let claim = Claim(node: RequestShape.node, processor: "a", limit: 0, readyLimit: 10)
        let result = try CommandInterpreter.claim(claim, context: Self.context, in: &transaction)
        #expect(result.started.isEmpty && result.becameReady == 1)
        #expect(transaction.content.requests[RequestID(7)]?.state == .ready)
    }

    @Test("Timers fire for what is due; the end of a cancel by its limit is the system's doing")
    func timers() throws {
        let ending = RequestShape.cancellingWaiting.request { $0.policy.cancelEndAfter = .seconds(60) }
        var transaction = transaction(ending)
        let results = try CommandInterpreter.fireTimers(limit: 10, context: Self.context, in: &transaction)
        #expect(results.map(\.outcome) == [.applied])
        #expect(transaction.content.audit.map(\.entry) == [.system("cancelEnd")])
        #expect(try CommandInterpreter.fireTimers(limit: 10, context: Self.context, in: &transaction).isEmpty)
        var quiet = self.transaction(RequestShape.errorAutoRetry.request { $0.retryTime = RequestShape.now })
        _ = try CommandInterpreter.fireTimers(limit: 10, context: Self.context, in: &quiet)
        #expect(quiet.content.audit.isEmpty && quiet.content.requests[RequestID(7)]?.state == .wait)
    }
}

/// A transaction whose writes always come too late.
private struct RacingTransaction: WrappedTransaction {
    var base: MemoryTransaction

    mutating func update(_ before: JobRequest, to after: JobRequest, steps: [TransitionStep]) throws {
        throw SchedulerError(1051, before.id.description)
    }
}
