import SchedulerCore
import Testing

/// What time alone does, and when something is due next.
package enum TimerChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("an empty store has nothing due") { test in
            let instants = try await test.store.nextInstants()
            #expect(instants == NextInstants(due: nil, timer: nil))
            #expect(try await test.store.fireTimers(limit: 10).isEmpty)
        },
        StoreCheck("the next instant is the earliest of those who wait, whatever their priority") { test in
            for (priority, offset) in [(9, 5000), (0, 2000), (4, 3000)] as [(Int, Int64)] {
                try await test.submit(StoreSamples.submission(priority: priority, start: test.milliseconds(offset)))
            }
            #expect(try await test.store.nextInstants() == NextInstants(due: test.milliseconds(2000), timer: nil))
            try await test.perform(.hold, on: RequestID(2))
            #expect(try await test.store.nextInstants().due == test.milliseconds(3000))
            try await test.perform(.cancel, on: RequestID(3))
            try await test.perform(.cancel, on: RequestID(1))
            #expect(try await test.store.nextInstants().due == nil)
        },
        StoreCheck("a READY request is due no more, its expiration still runs") { test in
            var submission = StoreSamples.submission()
            submission.policy.requestExpiration = .seconds(60)
            try await test.submit(submission)
            let expiration = test.milliseconds(60_000)
            #expect(
                try await test.store.nextInstants() == NextInstants(due: test.time.now(), timer: expiration)
            )
            _ = try await test.claim(0, ready: 1)
            #expect(try await test.store.nextInstants() == NextInstants(due: nil, timer: expiration))
            test.time.advance(by: .seconds(60))
            #expect(try await test.store.fireTimers(limit: 10).map { $0.request?.state } == [.expired])
            #expect(try await test.store.nextInstants().timer == nil)
        },
        StoreCheck("I27: a retry waits for its delay and keeps its attempt count") { test in
            var submission = StoreSamples.submission()
            submission.policy.retries = 1
            submission.policy.retryDelay = .seconds(5)
            let id = try await test.submit(submission).id
            let running = try await test.start(id)
            try await test.perform(.executableEnded(.systemError("broken")), on: id, epoch: running.epoch)
            #expect(try await test.store.nextInstants().timer == test.milliseconds(5000))
            test.time.advance(by: .milliseconds(4999))
            #expect(try await test.store.fireTimers(limit: 10).isEmpty)
            test.time.advance(by: .milliseconds(1))
            #expect(try await test.store.fireTimers(limit: 10).map { $0.request?.state } == [.wait])
            let again = try await test.start(id)
            #expect(again.attempt == 2)
            #expect(again.retriedCount == 1)
        },
        StoreCheck("timers fire in order of their instants, at most the limit") { test in
            for seconds in [30, 10, 20] {
                var submission = StoreSamples.submission(start: test.milliseconds(-1))
                submission.policy.requestExpiration = .seconds(seconds)
                try await test.submit(submission)
            }
            test.time.advance(by: .seconds(60))
            #expect(try await test.store.fireTimers(limit: 2).compactMap(\.request?.id.value) == [2, 3])
            #expect(try await test.store.fireTimers(limit: 2).compactMap(\.request?.id.value) == [1])
            #expect(try await test.store.fireTimers(limit: 2).isEmpty)
        },
        StoreCheck("a remote job is told again and again that it is cancelled, until it knows") { test in
            let waiting = try await test.startWaiting()
            let epoch = try #require(waiting.epoch)
            try await test.perform(.cancel, on: waiting.id)
            for pause in [1, 2, 4] {
                let results = try await test.store.fireTimers(limit: 10)
                #expect(results.flatMap(\.changes).flatMap(\.effects) == [.callCancel(epoch)])
                #expect(try await test.store.nextInstants().timer == test.milliseconds(Int64(pause) * 1000))
                test.time.advance(by: .seconds(pause))
            }
            try await test.perform(.cancelCallAnswered, on: waiting.id, epoch: epoch)
            #expect(try await test.store.nextInstants().timer == nil)
        },
        StoreCheck("a cancel that nobody answers ends by itself, in the name of the system") { test in
            var submission = StoreSamples.asynchronous()
            submission.facts.hasCancelCall = false
            submission.policy.cancelEndAfter = .seconds(30)
            let waiting = try await test.startWaiting(submission)
            try await test.perform(.cancel, on: waiting.id)
            test.time.advance(by: .seconds(30))
            #expect(try await test.store.fireTimers(limit: 10).map { $0.request?.state } == [.cancelled])
            let trail = try await test.store.auditTrail(targetKind: "Request", targetID: waiting.id.description)
            #expect(trail.map(\.entry) == [.system("cancelEnd")])
        },
        StoreCheck("a wait that lasts too long is marked, and fires once") { test in
            var submission = StoreSamples.asynchronous()
            submission.policy.requestTimeout = .seconds(60)
            let waiting = try await test.startWaiting(submission)
            test.time.advance(by: .seconds(60))
            #expect(try await test.store.fireTimers(limit: 10).count == 1)
            #expect(try await test.stored(waiting.id).isTimedOut)
            #expect(try await test.store.fireTimers(limit: 10).isEmpty)
        },
    ]
}
