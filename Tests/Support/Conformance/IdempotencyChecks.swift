import SchedulerCore
import Testing

/// Calls under an `Idempotency-Key` (REST §2.6): recorded with what they change, once.
package enum IdempotencyChecks {
    package static let all: [StoreCheck] = requests + others + kept

    private static let inUse = SchedulerError(1054)

    private static func call(_ key: String = "k", of caller: String = "anna", body: UInt8 = 1) -> IdempotentCall {
        IdempotentCall(key: CallKey(caller: caller, value: key), fingerprint: [body, 0, 255])
    }

    private static func submit(_ call: IdempotentCall?, _ test: StoreUnderTest) async throws -> JobRequest {
        try await test.store.submit(StoreSamples.submission(), audit: nil, call: call)
    }

    private static func perform(
        _ event: RequestEvent,
        on id: RequestID,
        _ call: IdempotentCall,
        _ test: StoreUnderTest
    ) async throws -> CommandResult {
        let audit = AuditEntry(principal: "anna", action: "test")
        return try #require(
            try await test.store.perform([RequestCommand(id, event, audit: audit, call: call)]).first
        )
    }

    /// Refused while another one of its definition is pending.
    private static func exclusive() -> Submission {
        var submission = StoreSamples.submission()
        submission.policy.allowMultiplePending = false
        return submission
    }

    private static func count(_ test: StoreUnderTest) async throws -> Int {
        try await test.store.requests(RequestQuery(limit: 100)).count
    }

    private static func answer(_ call: IdempotentCall, _ test: StoreUnderTest) async throws -> RecordedAnswer? {
        try await test.store.recordedCall(call.key)?.answer
    }

    // MARK: - Requests

    private static let requests: [StoreCheck] = [
        StoreCheck("C12: a submit is recorded with its request, and its key makes no second one") { test in
            let request = try await submit(call(), test)
            let record = RecordedCall(call(), .request(AnsweredRequest(request)), time: request.submissionTime)
            #expect(try await test.store.recordedCall(call().key) == record)
            for repeated in [call(), call(body: 2)] {
                await #expect(throws: inUse) { try await submit(repeated, test) }
            }
            #expect(try await count(test) == 1)
            #expect(try await test.store.recordedCall(call().key) == record)
        },
        StoreCheck("a key belongs to its caller, and is told from others by each of its bytes") { test in
            let calls = [call(), call(of: "bert"), call("K"), call("k "), call("k", of: "ann\u{61}\u{301}")]
            for each in calls { _ = try await submit(each, test) }
            #expect(try await count(test) == calls.count)
            for (number, each) in calls.enumerated() {
                let record = try #require(try await test.store.recordedCall(each.key))
                guard case .request(let request) = record.answer else { throw StoreFault("no request") }
                #expect(request.id.value == Int64(number + 1) && record.call == each)
            }
            #expect(try await test.store.recordedCall(CallKey(caller: "an", value: "nak")) == nil)
        },
        StoreCheck("the record tells where a child stands in its tree") { test in
            let parent = try await test.submit(StoreSamples.jobSet()).id
            let step = StoreSamples.child(.jobSetStep, of: parent, step: "one")
            let child = try await test.store.submit(step, audit: nil, call: call())
            let answered = AnsweredRequest(
                id: child.id,
                parentID: parent,
                absParentID: parent,
                instanceParentID: parent,
                isCancelling: false
            )
            #expect(try await answer(call(), test) == .request(answered))
        },
        StoreCheck("a command is recorded, whether it changes the request or finds it changed") { test in
            let id = try await test.startWaiting().id
            for key in ["first", "second"] {
                let result = try await perform(.cancel, on: id, call(key), test)
                #expect(result.outcome == (key == "first" ? .applied : .unchanged))
                let request = try #require(result.request)
                #expect(AnsweredRequest(request).isCancelling)
                #expect(try await answer(call(key), test) == .request(AnsweredRequest(request)))
            }
        },
        StoreCheck("a refusal is not recorded: the same call may succeed later") { test in
            let id = try await test.submit().id
            #expect(try await perform(.release, on: id, call(), test).refusal == 1012)
            #expect(try await perform(.hold, on: RequestID(99), call(), test).refusal == 1001)
            #expect(try await answer(call(), test) == nil)
            let exclusive = exclusive()
            await #expect(throws: SchedulerError.self) {
                try await test.store.submit(exclusive, audit: nil, call: call())
            }
            #expect(try await answer(call(), test) == nil)
            try await test.perform(.hold, on: id)
            #expect(try await perform(.release, on: id, call(), test).outcome == .applied)
            #expect(try await answer(call(), test) != nil)
        },
        StoreCheck("C74: a key that was used undoes the whole of another call, audit included") { test in
            let first = try await test.submit().id
            let second = try await test.submit().id
            #expect(try await perform(.hold, on: first, call(), test).outcome == .applied)
            await #expect(throws: inUse) {
                try await test.store.perform([
                    RequestCommand(second, .hold, audit: AuditEntry(principal: "anna", action: "hold")),
                    RequestCommand(second, .cancel, call: call(body: 2)),
                ])
            }
            #expect(try await test.stored(second).state == .wait)
            #expect(try await test.store.history(of: second).isEmpty)
            #expect(try await test.store.auditTrail(targetKind: "Request", targetID: second.description).isEmpty)
            #expect(try await test.store.recordedCall(call().key)?.call == call())
        },
        StoreCheck("C12: of many submits at once under one key one makes a request, and others lose nothing") { test in
            let made = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        do {
                            _ = try await submit(number % 2 == 0 ? call() : nil, test)
                            return 1
                        } catch let error as SchedulerError {
                            #expect(error == inUse)
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(made == 13)
            #expect(try await count(test) == 13)
        },
    ]

    // MARK: - Other calls

    private static let others: [StoreCheck] = [
        StoreCheck("what is no request's is recorded with its effect, too") { test in
            let audit = AuditEntry(principal: "anna", action: "test")
            try await test.store.setQuiesced(true, .node("n"), audit: audit, call: call("quiesce"))
            try await test.store.setQuiesced(true, .node("n"), audit: audit, call: call("again"))
            _ = try await test.store.beginPurge(PurgeOrder(), due: nil, audit: audit, call: call("purge"))
            let put = MetadataChange("JobSet://acme/A", .put(document: "{}", origin: "API"))
            _ = try await test.store.changeMetadata(MetadataChangeSet([put]), audit: audit, call: call("metadata"))
            let key = try await told(test)
            #expect(try await test.store.redeliver(key, audit: audit, call: call("redeliver")) != nil)
            for key in ["quiesce", "again", "purge", "metadata", "redeliver"] {
                #expect(try await answer(call(key), test) == .done, "\(key)")
            }
        },
        StoreCheck("a key that was used undoes it") { test in
            _ = try await submit(call(), test)
            let audit = AuditEntry(principal: "anna", action: "test")
            await #expect(throws: inUse) {
                try await test.store.setQuiesced(true, .cluster, audit: audit, call: call())
            }
            await #expect(throws: inUse) {
                try await test.store.beginPurge(PurgeOrder(), due: nil, audit: audit, call: call())
            }
            let put = MetadataChange("JobSet://acme/A", .put(document: "{}", origin: "API"))
            await #expect(throws: inUse) {
                try await test.store.changeMetadata(MetadataChangeSet([put]), audit: audit, call: call())
            }
            let key = try await told(test)
            let before = try await test.store.deliveries(of: key.requestID)
            test.time.advance(by: .seconds(1))
            await #expect(throws: inUse) { try await test.store.redeliver(key, audit: audit, call: call()) }
            #expect(try await test.store.deliveries(of: key.requestID) == before)
            #expect(try await test.store.nodes().allSatisfy { !$0.isClusterQuiesced })
            #expect(try await test.store.openPurge() == nil)
            #expect(try await test.store.metadata().isEmpty)
        },
    ]

    /// An event that waits for its receiver.
    private static func told(_ test: StoreUnderTest) async throws -> OutboxKey {
        var submission = StoreSamples.submission()
        submission.callback = CallbackSubscription(url: "https://example.org/done", securityScheme: "OWSM_GPA")
        let id = try await test.ended(.success, submission)
        return try #require(try await test.store.deliveries(of: id).first?.key)
    }

    // MARK: - Keeping and forgetting

    private static let kept: [StoreCheck] = [
        StoreCheck("an answer is kept as it was given, beside a record or without one") { test in
            let message = RecordedAnswer.message(
                RecordedMessage(
                    status: 201,
                    fields: [.init(name: "Location", value: "https://ä"), .init(name: "ETag", value: "")],
                    body: [0, 255, 10]
                )
            )
            let empty = RecordedAnswer.message(RecordedMessage(status: 204, fields: [], body: []))
            try await test.store.setQuiesced(true, .cluster, audit: nil, call: call())
            for answer in [message, empty, .done] {
                try await test.store.keep(answer, of: call())
                try await test.store.keep(answer, of: call("other"))
                #expect(try await Self.answer(call(), test) == answer)
                #expect(try await Self.answer(call("other"), test) == answer)
            }
        },
        StoreCheck("an answer is not kept under the key of another call") { test in
            try await test.store.keep(.done, of: call())
            let record = try await test.store.recordedCall(call().key)
            await #expect(throws: inUse) {
                try await test.store.keep(
                    .message(RecordedMessage(status: 200, fields: [], body: [])),
                    of: call(body: 2)
                )
            }
            #expect(try await test.store.recordedCall(call().key) == record)
        },
        StoreCheck("C12: a key counts for 24 hours, then it is free again") { test in
            let first = try await submit(call(), test)
            test.time.advance(by: IdempotencyLimits.kept - .milliseconds(1))
            #expect(try await answer(call(), test) != nil)
            await #expect(throws: inUse) { try await submit(call(body: 2), test) }
            test.time.advance(by: .milliseconds(1))
            #expect(try await answer(call(), test) == nil)
            let second = try await submit(call(body: 2), test)
            #expect(second.id != first.id)
            let record = RecordedCall(call(body: 2), .request(AnsweredRequest(second)), time: test.time.now())
            #expect(try await test.store.recordedCall(call().key) == record)
        },
        StoreCheck("calls that count no longer are removed, oldest first, no more than are asked for") { test in
            for number in 0..<5 {
                try await test.store.keep(.done, of: call("\(number)"))
                test.time.advance(by: .seconds(1))
            }
            test.time.advance(by: IdempotencyLimits.kept - .seconds(2))
            var removed: [Int] = []
            for _ in 0..<3 { removed.append(try await test.store.removeCalls(limit: 2, clock: test.time).count) }
            #expect(removed == [2, 2, 0])
            #expect(try await answer(call("4"), test) == .done)
        },
        StoreCheck("what was answered stays when its request goes for good") { test in
            let id = try await submit(call(), test).id
            try await test.perform(.cancel, on: id)
            try await test.perform(.delete, on: id)
            #expect(try await test.remove(until: test.time.now()) == 1)
            guard case .request(let request) = try await answer(call(), test) else { throw StoreFault("no request") }
            #expect(request.id == id)
        },
    ]
}
