import SchedulerCore
import Testing

/// Who waits in line, and no active assignment would let start, keeps nobody back (runtime §7.1, 2).
package enum LockWorkChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("I53: who waits for tokens, and could not start, keeps nobody back while that is so") { test in
            let begin = test.time.now()
            try putInForce(test, from: begin, .incompatibility(LockSamples.global("A", "B")))
            let holder = try await test.submit(submission("A", "HR")).id
            let running = try #require(try await test.pass(10).started.first)
            #expect(running.request.id == holder)
            let waiter = try await test.submit(submission("B", "GL")).id
            let behind = try await test.submit(submission("A", "HR")).id
            #expect(try await test.pass(10).started.isEmpty)
            try await test.expect(waiter, in: .blocked)
            try await test.expect(behind, in: .blocked)
            let open = try await test.store.sweepLocks(after: nil, limit: 10)
            #expect(open.changes.isEmpty && open.untilShiftChange == .seconds(60))

            test.time.advance(by: .seconds(60))
            #expect(try await test.pass(10).started.isEmpty)
            let closed = try await test.store.sweepLocks(after: nil, limit: 10)
            #expect(closed.changes.map(\.request.id) == [behind] && closed.untilShiftChange == .seconds(3540))
            try await test.expect(waiter, in: .blocked)
            #expect(try await test.pass(10).started.map(\.request.id) == [behind])

            test.time.advance(by: .seconds(3540))
            let late = try await test.submit(submission("A", "HR")).id
            #expect(try await test.pass(10).started.isEmpty)
            try await test.expect(late, in: .blocked)
        },
        StoreCheck("I31: who waits for a slot, and could not start, leaves it to the next") { test in
            let begin = test.time.now()
            try putInForce(test, from: begin, slotted)
            try await test.submit(submission("A", "HR"))
            let running = try #require(try await test.pass(10).started.first)
            let waiter = try await test.submit(submission("A", "GL")).id
            let behind = try await test.submit(submission("A", "HR")).id
            #expect(try await test.pass(10).started.isEmpty)
            for id in [waiter, behind] { #expect(try await test.stored(id).kinship.gate == .slot) }

            test.time.advance(by: .seconds(60))
            try await test.perform(.executableEnded(.success), on: running.request.id, epoch: running.request.epoch)
            for id in [waiter, behind] { #expect(try await test.stored(id).kinship.gate == nil) }
            #expect(try await test.pass(10).started.map(\.request.id) == [behind])
            try await test.expect(waiter, in: .ready)
        },
        StoreCheck("I31: however many wait for a slot and could not start, the next who could has it at once") { test in
            try putInForce(test, from: test.time.now(), slotted)
            try await test.submit(submission("A", "HR"))
            let running = try #require(try await test.pass(10).started.first)
            for _ in 0..<(2 * Limits.lockQueuePage) { try await test.submit(submission("A", "GL")) }
            let behind = [
                try await test.submit(submission("A", "HR")).id, try await test.submit(submission("A", "HR")).id,
            ]
            #expect(try await test.pass(100).started.isEmpty)
            test.time.advance(by: .seconds(60))
            try await test.perform(.executableEnded(.success), on: running.request.id, epoch: running.request.epoch)
            #expect(try await test.stored(behind[0]).kinship.gate == nil)
            #expect(try await test.stored(behind[1]).kinship.gate == .slot)
            #expect(try await test.pass(10).started.map(\.request.id) == [behind[0]])
        },
    ]

    /// Requests of GL may start in the first minute of each of two hours, those of HR always.
    static func putInForce(_ test: StoreUnderTest, from begin: Timestamp, _ others: MetadataContent) throws {
        test.putInForce(
            others,
            WorkSamples.schedule("Times", begin, begin + .seconds(3600)),
            WorkSamples.shift("Short", 5, schedule: "Times", minutes: 1),
            WorkSamples.shift("Always", 5),
            try WorkSamples.assignment("Ledger", product: "GL", shifts: ["Short"], WorkBinding(node: "*")),
            try WorkSamples.assignment("Rest", product: "HR", shifts: ["Always"], WorkBinding(node: "*"))
        )
    }

    static let slotted = MetadataContent.jobDefinition(
        JobDefinition(
            id: StoreSamples.definition("A"),
            jobType: BuiltInJobType.swift.id,
            parameters: [
                Parameter(name: "SYS_EXT_maxConcurrent", type: .integer, value: "1"),
                Parameter(name: "SYS_className", value: "Sample"),
            ]
        )
    )

    static func submission(_ definition: String, _ product: String) -> Submission {
        var submission = StoreSamples.submission(definition)
        submission.facts.product = product
        return submission
    }
}
