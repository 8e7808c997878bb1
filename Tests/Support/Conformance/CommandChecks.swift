import SchedulerCore
import Testing

/// How stores carry out commands: what changes, what is refused, what is kept.
package enum CommandChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("a request runs to its end and leaves each step in its history") { test in
            let id = try await test.submit().id
            let begun = test.time.now()
            let running = try await test.start(id)
            test.time.advance(by: .milliseconds(250))
            let ended = try await test.perform(.executableEnded(.success), on: id, epoch: running.epoch)
            let stored = try await test.stored(id)
            #expect(ended.request == stored)
            #expect(stored.state == .succeeded)
            #expect(stored.previousState == .completed)
            #expect(stored.elapsedMilliseconds == 250)
            #expect(stored.owner == nil)
            let end = test.time.now()
            let steps = try await test.store.history(of: id)
            #expect(
                steps == [
                    .init(event: .dueWithoutSlot, from: .wait, to: .ready, time: begun, attempt: 1),
                    .init(event: .start, from: .ready, to: .running, time: begun, attempt: 1),
                    .init(event: .executableReturned, from: .running, to: .completed, time: end, attempt: 1),
                    .init(event: .postProcessProceed, from: .completed, to: .succeeded, time: end, attempt: 1),
                ]
            )
        },
        StoreCheck("commands of one call are decided one after the other, refusals among them") { test in
            let id = try await test.submit().id
            let results = try await test.store.perform([
                RequestCommand(id, .hold), RequestCommand(id, .hold), RequestCommand(id, .release),
                RequestCommand(RequestID(99), .cancel), RequestCommand(id, .cancel), RequestCommand(id, .cancel),
            ])
            #expect(results.map(\.refusal) == [nil, 1011, nil, 1001, nil, 1010])
            #expect(results.map { $0.request?.state } == [.hold, .hold, .wait, nil, .cancelled, .cancelled])
            try await test.expect(id, in: .cancelled)
            #expect(try await test.store.history(of: id).map(\.to) == [.hold, .wait, .cancelled])
        },
        StoreCheck("no commands, no results") { test in
            let results = try await test.store.perform([])
            #expect(results.isEmpty)
        },
        StoreCheck("I7: a refused command changes nothing and writes no record") { test in
            let id = try await test.submit().id
            try await test.perform(.cancel, on: id)
            let before = try await test.stored(id)
            test.time.advance(by: .seconds(1))
            let audit = AuditEntry(principal: "anna", action: "cancel")
            try await test.perform(
                .cancel,
                on: id,
                audit: audit,
                expecting: .refused(SchedulerError(1010, "1", "CANCELLED"))
            )
            #expect(try await test.stored(id) == before)
            #expect(try await test.store.history(of: id).count == 1)
            #expect(try await test.store.auditTrail(targetKind: "Request", targetID: "1").isEmpty)
        },
        StoreCheck("an event for an absent request is refused, one of an attempt dropped") { test in
            try await test.perform(.cancel, on: RequestID(5), expecting: .refused(SchedulerError(1001, "5")))
            try await test.perform(
                .executableEnded(.success),
                on: RequestID(5),
                epoch: AttemptEpoch(1),
                expecting: .dropped(.noRequest)
            )
        },
        StoreCheck("a deleted request is gone for every reader and every command") { test in
            let id = try await test.submit().id
            try await test.perform(.cancel, on: id)
            try await test.perform(.delete, on: id)
            #expect(try await test.store.request(id) == nil)
            #expect(try await test.store.requests(RequestQuery(limit: 10)).isEmpty)
            try await test.perform(.delete, on: id, expecting: .refused(SchedulerError(1001, "1")))
        },
        StoreCheck("a cancelled attempt is told to stop, once it is durable") { test in
            var submission = StoreSamples.submission()
            submission.policy.cancelGrace = .seconds(3)
            let running = try await test.start(test.submit(submission).id)
            let epoch = try #require(running.epoch)
            let result = try await test.perform(.cancel, on: running.id)
            #expect(result.changes.flatMap(\.effects) == [.stopAttempt(epoch, .cancel, grace: .seconds(3))])
            try await test.perform(.cancel, on: running.id, expecting: .unchanged)
        },
        StoreCheck("what an attempt leaves behind is kept: process, message, paused state") { test in
            let id = try await test.submit(StoreSamples.submission(executor: .process)).id
            let running = try await test.start(id)
            let identity = ProcessIdentity(pid: .max, startTicks: .max, bootID: "9f-0")
            try await test.perform(.processPrepared(identity), on: id, epoch: running.epoch)
            #expect(try await test.stored(id).process == identity)
            let paused = try await test.perform(
                .executableEnded(.paused(state: "half\u{0}")),
                on: id,
                epoch: running.epoch
            )
            #expect(paused.request?.pausedState == "half\u{0}")
            #expect(try await test.stored(id) == paused.request)

            let resumed = try await test.start(id)
            let outcome = ExecutableOutcome.systemError(cause: .processKilled, text: "", detail: "d", retryAfter: nil)
            try await test.perform(.executableEnded(outcome), on: id, epoch: resumed.epoch)
            #expect(try await test.stored(id).message == nil)
            #expect(try await test.stored(id).cause == .processKilled)
        },
        StoreCheck("the last message is kept with its detail") { test in
            let id = try await test.submit().id
            let running = try await test.start(id)
            let text = String(repeating: "🧨", count: 2000)
            let outcome = ExecutableOutcome.systemError(
                cause: .processSystemError,
                text: text,
                detail: "at line 7",
                retryAfter: nil
            )
            let result = try await test.perform(.executableEnded(outcome), on: id, epoch: running.epoch)
            let stored = try await test.stored(id)
            #expect(stored == result.request)
            #expect(stored.message?.text.utf8.count == Limits.messageBytes)
            #expect(stored.message?.detail == "at line 7")
        },
        StoreCheck("changed settings count from the next decision on") { test in
            test.changeSettings(RequestMachine.Settings(forceCancelAfter: .seconds(10)))
            let waiting = try await test.startWaiting()
            try await test.perform(.cancel, on: waiting.id)
            let refused = try await test.store.perform([RequestCommand(waiting.id, .forceCancel)])
            #expect(refused.map(\.refusal) == [1015])
            test.changeSettings(RequestMachine.Settings(forceCancelAfter: .zero))
            try await test.perform(.forceCancel, on: waiting.id)
        },
    ]
}
