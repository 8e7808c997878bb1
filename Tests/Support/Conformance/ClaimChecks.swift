import SchedulerCore
import Testing

/// Which requests a dispatch pass takes (runtime §4 and §7.3).
package enum ClaimChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("rank: priority, then scheduled time, then number") { test in
            let early = test.milliseconds(-5000)
            let late = test.milliseconds(-1000)
            for (priority, start) in [(4, late), (9, late), (4, early), (0, early), (9, early), (4, early)] {
                try await test.submit(StoreSamples.submission(priority: priority, start: start))
            }
            let started = try await test.claim().started.map(\.request.id.value)
            #expect(started == [5, 2, 3, 6, 1, 4])
        },
        StoreCheck("the limit cuts the ranking, and the next pass goes on behind it") { test in
            for priority in [1, 3, 2, 9, 0] { try await test.submit(StoreSamples.submission(priority: priority)) }
            #expect(try await test.claim(2).started.map(\.request.id.value) == [4, 2])
            #expect(try await test.claim(2).started.map(\.request.id.value) == [3, 1])
            #expect(try await test.claim(2).started.map(\.request.id.value) == [5])
            #expect(try await test.claim(2) == ClaimResult())
        },
        StoreCheck("I28: nothing starts before its time, at its time it does") { test in
            let id = try await test.submit(StoreSamples.submission(start: test.milliseconds(1000))).id
            test.time.advance(by: .milliseconds(999))
            #expect(try await test.claim(10, ready: 10) == ClaimResult())
            test.time.advance(by: .milliseconds(1))
            try await test.start(id)
        },
        StoreCheck("a started request is the node's, with its parameters and a fresh epoch") { test in
            var submission = StoreSamples.submission()
            submission.parameters = [Parameter(name: "a", value: "1"), Parameter(name: "b", isSecret: true)]
            let id = try await test.submit(submission).id
            test.time.advance(by: .seconds(1))
            let claimed = try #require(try await test.claim().started.first)
            #expect(claimed.parameters == submission.parameters)
            #expect(claimed.request.state == .running)
            #expect(claimed.request.owner == StoreSamples.node)
            #expect(claimed.request.processor == "node")
            #expect(claimed.request.startTime == test.time.now())
            #expect(try await test.stored(id) == claimed.request)
        },
        StoreCheck("due requests that find no thread become READY and keep their rank") { test in
            for priority in [4, 5, 6] { try await test.submit(StoreSamples.submission(priority: priority)) }
            let pass = try await test.claim(1, ready: 1)
            #expect(pass.started.map(\.request.id.value) == [3])
            #expect(pass.becameReady == 1)
            try await test.expect(RequestID(2), in: .ready)
            try await test.expect(RequestID(1), in: .wait)
            #expect(try await test.claim(0, ready: 10).becameReady == 1)
            #expect(try await test.claim(0, ready: 10).becameReady == 0)
            try await test.submit(StoreSamples.submission(priority: 9))
            #expect(try await test.claim().started.map(\.request.id.value) == [4, 2, 1])
        },
        StoreCheck("READY, WAIT and queued resumes compete by rank") { test in
            let paused = try await test.submit(StoreSamples.submission(priority: 5)).id
            let running = try await test.start(paused)
            try await test.perform(.executableEnded(.paused(state: nil)), on: paused, epoch: running.epoch)
            test.time.advance(by: .seconds(1))
            let ready = try await test.submit(StoreSamples.submission(priority: 6)).id
            #expect(try await test.claim(0, ready: 1).becameReady == 1)
            let waiting = try await test.submit(StoreSamples.submission(priority: 5)).id
            let started = try await test.claim().started.map(\.request)
            #expect(started.map(\.id) == [ready, paused, waiting])
            #expect(started.map(\.state) == [.running, .running, .running])
            #expect(started[1].attempt == 1)
        },
        StoreCheck("what is queued announces no instant and is taken by any pass that has a thread") { test in
            let paused = try await test.submit().id
            let running = try await test.start(paused)
            let ready = try await test.submit().id
            try await test.perform(.executableEnded(.paused(state: nil)), on: paused, epoch: running.epoch)
            #expect(try await test.claim(0, ready: 1).becameReady == 1)
            #expect(try await test.store.nextInstants().due == nil)
            #expect(try await test.claim().started.map(\.request.id) == [paused, ready])
        },
        StoreCheck("runtime §2.2: a recurring parent waits for its instances and is never taken itself") { test in
            for type in [RequestType.recurParent, .jobSetRecurParent] {
                var submission = StoreSamples.submission(priority: 9)
                submission.placement = .root(type)
                try await test.submit(submission)
            }
            #expect(try await test.store.nextInstants().due == nil)
            #expect(try await test.claim(10, ready: 10) == ClaimResult())
            let instance = try await test.submit(StoreSamples.child(.recurChild, of: RequestID(1))).id
            #expect(try await test.store.nextInstants().due == test.time.now())
            try await test.start(instance)
            for number in [1, 2] as [Int64] { try await test.expect(RequestID(number), in: .wait) }
        },
        StoreCheck("I29: expired requests make room for the next in rank") { test in
            for _ in 0..<5 {
                var expiring = StoreSamples.submission(priority: 9)
                expiring.policy.requestExpiration = .seconds(10)
                try await test.submit(expiring)
            }
            try await test.submit()
            test.time.advance(by: .seconds(10))
            let pass = try await test.claim(2)
            #expect(pass.changes.count { $0.request.state == .expired } == 5)
            #expect(pass.started.map(\.request.id.value) == [6])
            try await test.expect(RequestID(1), in: .expired)
        },
        StoreCheck("held, cancelled and deleted requests are not taken") { test in
            for _ in 0..<3 { try await test.submit() }
            try await test.perform(.hold, on: RequestID(1))
            try await test.perform(.cancel, on: RequestID(2))
            try await test.perform(.cancel, on: RequestID(3))
            try await test.perform(.delete, on: RequestID(3))
            #expect(try await test.claim(10, ready: 10) == ClaimResult())
            try await test.perform(.release, on: RequestID(1))
            try await test.start(RequestID(1))
        },
        StoreCheck("passes that come together start each request once") { test in
            let count: Int64 = 60
            for _ in 0..<count { try await test.submit() }
            let started = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for _ in 0..<12 { group.addTask { try await test.claim(7).started.map(\.request.id.value) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(started.sorted() == Array(1...count))
        },
    ]
}
