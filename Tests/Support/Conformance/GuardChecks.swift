import SchedulerCore
import Testing

/// Epochs: what an attempt writes counts only while it is the newest one (runtime §8, I57).
package enum GuardChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("epochs come from one sequence over all requests and only grow") { test in
            for _ in 0..<3 { try await test.submit() }
            let first = try await test.claim(2).started.compactMap(\.request.epoch)
            let second = try await test.claim(2).started.compactMap(\.request.epoch)
            #expect((first + second).map(\.value) == [1, 2, 3])
        },
        StoreCheck("an older attempt writes nothing, whatever it says") { test in
            var submission = StoreSamples.submission()
            submission.policy.retries = 2
            let id = try await test.submit(submission).id
            let first = try await test.start(id)
            try await test.perform(.executableEnded(.systemError("broken")), on: id, epoch: first.epoch)
            #expect(try await test.store.fireTimers(limit: 10).map(\.outcome) == [.applied])
            let second = try await test.start(id)
            #expect(second.attempt == 2)
            let before = try await test.stored(id)
            let late: [RequestEvent] = [
                .executableEnded(.success), .executableEnded(.systemError("again")), .attemptEndedByServer,
                .asynchronousStartAccepted(externalID: "x"), .nodeLost(reason: .leaseExpired), .cancelCallAnswered,
                .processPrepared(ProcessIdentity(pid: 1, startTicks: 1, bootID: "b")),
            ]
            for event in late {
                try await test.perform(event, on: id, epoch: first.epoch, expecting: .dropped(.staleEpoch))
            }
            #expect(try await test.stored(id) == before)
            try await test.perform(.executableEnded(.success), on: id, epoch: second.epoch)
        },
        StoreCheck("a handle of an older attempt is dead") { test in
            var submission = StoreSamples.asynchronous()
            submission.policy.retries = 1
            let first = try await test.startWaiting(submission)
            let epoch = try #require(first.epoch)
            try await test.perform(.report(.error, text: "broken", handle: epoch), on: first.id)
            _ = try await test.store.fireTimers(limit: 10)
            try await test.start(first.id)
            let before = try await test.stored(first.id)
            try await test.perform(
                .report(.success, text: nil, handle: epoch),
                on: first.id,
                expecting: .refused(SchedulerError(1052, first.id.description))
            )
            #expect(try await test.stored(first.id).exceptLateCalls == before)
        },
        StoreCheck("an attempt writes nothing before the first start and after its end") { test in
            let id = try await test.submit().id
            try await test.perform(
                .executableEnded(.success),
                on: id,
                epoch: AttemptEpoch(1),
                expecting: .dropped(.staleEpoch)
            )
            let running = try await test.start(id)
            try await test.perform(.executableEnded(.success), on: id, epoch: running.epoch)
            try await test.perform(
                .executableEnded(.businessError(text: nil)),
                on: id,
                epoch: running.epoch,
                expecting: .dropped(.cannotArise)
            )
            try await test.expect(id, in: .succeeded)
        },
        StoreCheck("REST §8: who does not find a row as he has read it is ESS-01051 and leaves nothing") {
            test in
            let first = try await test.submit(), second = try await test.submit()
            let audit = AuditEntry(principal: "olga", action: "cancel", authMethod: "basic")
            let events: [RequestEvent] = [.cancel, .hold, .changePriority(9)]
            try await withLostIsolation(test) {
                for event in events {
                    await test.expectRefusal(1051) {
                        let commands = [first, second].map { RequestCommand($0.id, event, audit: audit) }
                        _ = try await test.store.perform(commands)
                    }
                }
                await test.expectRefusal(1051) { _ = try await test.claim() }
            }
            for request in [first, second] {
                #expect(try await test.stored(request.id) == request)
                #expect(try await test.store.history(of: request.id).isEmpty)
                let id = request.id.description
                #expect(try await test.store.auditTrail(targetKind: "Request", targetID: id).isEmpty)
            }
            for event in events.reversed() { try await test.perform(event, on: first.id, audit: audit) }
            #expect(try await test.claim().started.map(\.request.id) == [second.id])
        },
        StoreCheck("I57: of many ends of one attempt that arrive together one counts") { test in
            let id = try await test.submit().id
            let running = try await test.start(id)
            let applied = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<50 {
                    let outcome: ExecutableOutcome = number % 2 == 0 ? .success : .businessError(text: "\(number)")
                    let command = RequestCommand(id, .executableEnded(outcome), epoch: running.epoch)
                    group.addTask { try await test.store.perform([command]).map(\.outcome) == [.applied] }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(applied == 1)
            let steps = try await test.store.history(of: id)
            // Whichever came first: one end, and nothing after it.
            #expect(steps.filter(\.to.isTerminal).count == 1)
            #expect(steps.last?.to.isTerminal == true)
        },
    ]

    private static func withLostIsolation(_ test: StoreUnderTest, _ body: () async throws -> Void) async throws {
        let lose = try #require(test.loseIsolation)
        try lose(true)
        do {
            try await body()
        } catch {
            try lose(false)
            throw error
        }
        try lose(false)
    }
}
