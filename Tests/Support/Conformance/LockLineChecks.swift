import SchedulerCore
import Testing

/// Long lines, most of which no active assignment would let start (runtime §7.1, 2).
package enum LockLineChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("I31: behind many who could not start, nobody overtakes the first one who could") { test in
            try LockWorkChecks.putInForce(test, from: test.time.now(), .incompatibility(LockSamples.global("A", "B")))
            let running = try await holder(test)
            try await idle(Limits.lockConflictsRead + 10, "B", test)
            let first = try await submit("B", "HR", test)
            #expect(try await test.pass(10).started.isEmpty)
            test.time.advance(by: .seconds(60))
            let late = try await submit("A", "HR", test)
            #expect(try await test.pass(10).started.isEmpty)
            for id in [first, late] { try await test.expect(id, in: .blocked) }

            try await test.perform(.executableEnded(.success), on: running.id, epoch: running.epoch)
            try await test.expect(late, in: .blocked)
            let next = try await test.pass(10).started.map(\.request)
            #expect(next.map(\.id) == [first])
            try await test.expect(late, in: .blocked)
            try await test.perform(.executableEnded(.success), on: first, epoch: try #require(next.first).epoch)
            #expect(try await test.pass(10).started.map(\.request.id) == [late])
        },
        StoreCheck("I31: who waits for tokens as the last one looked at is next, who is behind after a sweep") { test in
            try LockWorkChecks.putInForce(test, from: test.time.now(), .incompatibility(LockSamples.global("A", "B")))
            let running = try await holder(test)
            try await idle(Limits.lockLineRead - 1, "B", test)
            let last = try await submit("B", "HR", test)
            try await idle(2, "B", test)
            let beyond = try await submit("B", "HR", test)
            try await waitAll(test)
            let late = try await submit("A", "HR", test)
            #expect(try await test.pass(10).started.isEmpty)
            for id in [last, beyond, late] { try await test.expect(id, in: .blocked) }

            try await test.perform(.executableEnded(.success), on: running.id, epoch: running.epoch)
            #expect(try await test.pass(10).started.map(\.request.id) == [last])
            try await test.expect(beyond, in: .blocked)
            try await sweep(test)
            #expect(try await test.pass(10).started.map(\.request.id) == [beyond])
            try await test.expect(late, in: .blocked)
        },
        StoreCheck("I31: who waits for a slot as the last one looked at is next, who is behind after a sweep") { test in
            try LockWorkChecks.putInForce(test, from: test.time.now(), LockWorkChecks.slotted)
            let running = try await holder(test)
            try await idle(Limits.lockLineRead - 1, "A", test)
            let last = try await submit("A", "HR", test)
            try await idle(1, "A", test)
            let beyond = try await submit("A", "HR", test)
            try await waitAll(test)
            for id in [last, beyond] { #expect(try await test.stored(id).kinship.gate == .slot) }

            try await test.perform(.executableEnded(.success), on: running.id, epoch: running.epoch)
            let next = try await test.pass(10).started.map(\.request)
            #expect(next.map(\.id) == [last])
            try await test.perform(.executableEnded(.success), on: last, epoch: try #require(next.first).epoch)
            #expect(try await test.pass(10).started.isEmpty)
            try await sweep(test)
            #expect(try await test.pass(10).started.map(\.request.id) == [beyond])
        },
    ]

    private static func submit(
        _ definition: String,
        _ product: String,
        _ test: StoreUnderTest
    ) async throws -> RequestID {
        try await test.submit(LockWorkChecks.submission(definition, product)).id
    }

    /// Runs, and has what all others wait for.
    private static func holder(_ test: StoreUnderTest) async throws -> JobRequest {
        _ = try await submit("A", "HR", test)
        return try #require(try await test.pass(10).started.first).request
    }

    /// Those that could not start once the first minute is over.
    private static func idle(_ count: Int, _ definition: String, _ test: StoreUnderTest) async throws {
        // Together, so that they share commits.
        try await withThrowingTaskGroup { group in
            for _ in 0..<count { group.addTask { _ = try await submit(definition, "GL", test) } }
            try await group.waitForAll()
        }
    }

    /// Has all that is due wait while any of it could start, then lets the first minute end.
    private static func waitAll(_ test: StoreUnderTest) async throws {
        var hasMore = true
        while hasMore {
            let pass = try await test.pass(10)
            #expect(pass.started.isEmpty)
            hasMore = pass.hasMore
        }
        test.time.advance(by: .seconds(60))
    }

    private static func sweep(_ test: StoreUnderTest) async throws {
        var last: RequestID?
        repeat { last = try await test.store.sweepLocks(after: last, limit: 200).last } while last != nil
    }
}
