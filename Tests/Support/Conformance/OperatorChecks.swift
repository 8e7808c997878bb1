import SchedulerCore
import Testing

/// What operators decide: priority, recover, complete (runtime §2.1, §3.3, §3.4).
package enum OperatorChecks {
    private static let audit = AuditEntry(principal: "olga", action: "recover", reason: "seen in the ledger")

    package static let all: [StoreCheck] = [
        StoreCheck("A new priority counts at the next pass and outlives a change of other parameters") { test in
            var submission = StoreSamples.submission()
            submission.parameters = [Parameter(name: "SYS_priority", value: "4"), Parameter(name: "day", value: "1")]
            let first = try await test.submit().id
            let second = try await test.submit(submission).id
            try await test.perform(.changePriority(9), on: second)
            #expect(try await test.stored(second).priority == 9)
            let patch = RequestPatch(parameters: [SubmittedParameter(name: "day", value: "2")])
            try await test.perform(.patch(patch), on: second)
            #expect(try await test.stored(second).priority == 9)
            #expect(try await test.claim(1, ready: 5).started.map(\.request.id) == [second])
            try await test.perform(.changePriority(0), on: first)
            try await test.perform(
                .changePriority(1),
                on: second,
                expecting: .refused(SchedulerError(1025, second.description, "RUNNING"))
            )
            #expect(try await test.stored(first).state == .ready)
            #expect(try await test.stored(first).priority == 0)
        },
        StoreCheck("A new priority of a recurring parent reaches what waits below it, and its later instances") {
            test in
            let plan = StoreSamples.plan(.serial, StoreSamples.step("a", success: "b"), StoreSamples.step("b"))
            var submission = try StoreSamples.recurring("FREQ=MINUTELY")
            submission.placement = .root(.jobSetRecurParent)
            submission.facts.jobTypeID = nil
            submission.facts.executor = nil
            submission.facts.executionMode = .serial
            submission.plan?.jobSet = plan
            let parent = try await test.submit(submission).id
            try await test.startAll()
            let instances = try await test.children(of: parent)
            let running = try #require(instances.first { $0.state == .running })
            let steps = try await test.children(of: running.id)
            try await test.perform(.changePriority(8), on: parent)
            let after = try await test.children(of: parent)
            #expect(after.map(\.priority) == after.map { $0.id == running.id ? 4 : 8 })
            #expect(after.count == 2)
            let step = try #require(steps.first)
            #expect(try await test.stored(step.id).priority == (step.state == .running ? 4 : 8))
        },
        StoreCheck("A set hands a new priority on to the steps that say none themselves") { test in
            let plan = StoreSamples.plan(.parallel, StoreSamples.step("a"), StoreSamples.step("b", priority: 1))
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            try await test.perform(.changePriority(7), on: set)
            try await test.startAll()
            #expect(try await test.children(of: set).map(\.priority).sorted() == [1, 7])
        },
        StoreCheck("recover decides ERROR_MANUAL_RECOVERY, with reason in the trail") { test in
            for (outcome, state) in [
                (RecoveryOutcome.retry, RequestState.wait), (.error, .error), (.cancelled, .cancelled),
            ] {
                let id = try await test.submit(StoreSamples.submission(priority: 9)).id
                let running = try await test.start(id)
                try await test.perform(.executableEnded(.manualRecovery(text: "?")), on: id, epoch: running.epoch)
                try await test.perform(.recover(outcome), on: id, audit: audit)
                let after = try await test.stored(id)
                #expect(after.state == state)
                #expect(after.attempt == (outcome == .retry ? 2 : 1) && after.retriedCount == 0)
                let trail = try await test.store.auditTrail(targetKind: "Request", targetID: id.description)
                #expect(trail.map(\.entry) == [audit])
                if outcome == .retry { try await test.perform(.cancel, on: id) }
            }
        },
        StoreCheck("recover of a running attempt waits until the lease of its node is over") { test in
            var submission = StoreSamples.submission()
            submission.policy.nodeLost = .manualRecovery
            let id = try await test.submit(submission).id
            let running = try await test.start(id)
            try await test.perform(
                .recover(.retry),
                on: id,
                expecting: .refused(SchedulerError(1026, id.description, "RUNNING"))
            )
            test.time.advance(by: StoreSamples.lease + .seconds(1))
            try await test.perform(.recover(.cancelled), on: id, audit: audit)
            let after = try await test.stored(id)
            #expect(after.state == .cancelled && after.cause == .recoverCancel)
            let steps = try await test.store.history(of: id).suffix(2)
            #expect(steps.map(\.event) == [.nodeLostExecuting, .recoverCancelled])
            let late = try await test.store.perform([
                RequestCommand(id, .executableEnded(.success), epoch: running.epoch)
            ])
            #expect(late.map(\.outcome) == [.dropped(.cannotArise)])
        },
        StoreCheck("recover of a lost attempt that retries by itself leaves it at that") { test in
            let id = try await test.submit().id
            try await test.start(id)
            test.time.advance(by: StoreSamples.lease + .seconds(1))
            try await test.perform(.recover(.retry), on: id)
            let after = try await test.stored(id)
            #expect(after.state == .error && after.cause == .processSystemError && after.attempt == 1)
        },
        StoreCheck("recover does not reach asynchronous attempts, whoever lost its lease") { test in
            let waiting = try await test.startWaiting()
            let initiating = try await test.submit(StoreSamples.asynchronous()).id
            try await test.start(initiating)
            test.time.advance(by: StoreSamples.lease + .seconds(1))
            for id in [waiting.id, initiating] {
                try await test.perform(
                    .recover(.error),
                    on: id,
                    expecting: .refused(SchedulerError(1026, id.description, "RUNNING"))
                )
            }
        },
        StoreCheck("complete reports for a lost answer, kills the handle, and is refused in CANCELLING") { test in
            let waiting = try await test.startWaiting()
            let handle = try #require(waiting.epoch)
            try await test.perform(.complete(.warning, text: "late"), on: waiting.id)
            let done = try await test.stored(waiting.id)
            #expect(done.state == .warning && done.cause == .processRecover && done.message?.text == "late")
            let late = try await test.store.perform([
                RequestCommand(waiting.id, .report(.success, text: nil, handle: handle))
            ])
            #expect(late.map(\.refusal) == [1052])
            let other = try await test.startWaiting()
            try await test.perform(.cancel, on: other.id)
            try await test.perform(
                .complete(.success, text: nil),
                on: other.id,
                expecting: .refused(SchedulerError(1027, other.id.description, "CANCELLING"))
            )
        },
    ]
}
