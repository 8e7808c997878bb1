import SchedulerCore
import Testing

/// Tokens along the course of requests: who keeps them, who gives them back, and which waits end in a cycle
/// (runtime §7.1, §9.4).
package enum LockCourseChecks {
    package static let all: [StoreCheck] = keeping + cycles

    private static let keeping: [StoreCheck] = [
        StoreCheck("Locks are kept in ERROR_MANUAL_RECOVERY, whatever decides about it frees them") { test in
            for decision in RecoveryOutcome.allCases {
                test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B"), slots: ["A": 1]))
                let holder = try await test.startOnly("A")
                let blocked = try await test.submit(StoreSamples.submission("B")).id
                let full = try await test.submit(StoreSamples.submission("A", priority: 8)).id
                #expect(try await test.startAll().isEmpty)
                try await test.end(holder, .manualRecovery(text: "look"))
                try await test.expect(holder.id, in: .errorManualRecovery)
                #expect(try await test.stored(holder.id).kinship.lockStanding == .held)
                #expect(try await test.startAll().isEmpty)
                try await test.expect(blocked, in: .blocked)
                try await test.perform(.hold, on: full)
                try await test.perform(.recover(decision), on: holder.id)
                try await test.expect(blocked, in: .ready)
                if decision == .retry { try await test.perform(.cancel, on: holder.id) }
                #expect(try await test.stored(holder.id).kinship.lockStanding == .none)
                try await test.end(try await test.start(blocked))
                try await test.perform(.release, on: full)
                try await test.end(try await test.start(full))
            }
        },
        StoreCheck("A DELAY before the executable gives tokens and slot back, one after it keeps them") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B"), slots: ["A": 1]))
            var submission = StoreSamples.submission("A", priority: 8)
            submission.policy.hasPreProcess = true
            submission.policy.hasPostProcess = true
            let id = try await test.submit(submission).id
            let called = try await test.start(id)
            let waiter = try await test.submit(StoreSamples.submission("B")).id
            #expect(try await test.startAll().isEmpty)
            try await test.expect(waiter, in: .blocked)
            let delay = RequestEvent.preProcessed(.delay(.seconds(60), text: nil))
            let delayed = try await test.perform(delay, on: id, epoch: called.epoch)
            #expect(delayed.changes.map(\.request.id) == [id, waiter])
            #expect(try await test.stored(id).kinship.lockStanding == .none)
            let second = try await test.start(waiter)
            test.time.advance(by: .seconds(60))
            #expect(try await test.startAll().isEmpty)
            try await test.expect(id, in: .blocked)
            try await test.end(second)
            let again = try await test.start(id)
            try await test.perform(.preProcessed(.proceed), on: id, epoch: again.epoch)
            try await test.end(try await test.stored(id))
            let after = RequestEvent.postProcessed(.delay(.seconds(60), text: nil))
            try await test.perform(after, on: id, epoch: again.epoch)
            try await test.expect(id, in: .completed)
            #expect(try await test.stored(id).kinship.lockStanding == .held)
            let third = try await test.submit(StoreSamples.submission("B")).id
            let fourth = try await test.submit(StoreSamples.submission("A")).id
            #expect(try await test.startAll().isEmpty)
            try await test.expect(third, in: .blocked)
            try await test.expect(fourth, in: .blocked)
            test.time.advance(by: .seconds(60))
            _ = try await test.store.fireTimers(limit: 10)
            let taken = try await test.start(id)
            try await test.perform(.postProcessed(.proceed), on: id, epoch: taken.epoch)
            try await test.expect(id, in: .succeeded)
            try await test.end(try await test.start(third))
            try await test.start(fourth)
        },
        StoreCheck("A BLOCKED instance that is skipped leaves the line until its new time") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            let holder = try await test.startOnly("A")
            var submission = try StoreSamples.recurring("FREQ=HOURLY")
            submission.facts.definitionID = StoreSamples.definition("B")
            submission.policy.priority = 9
            let parent = try await test.submit(submission).id
            #expect(try await test.startAll().isEmpty)
            let instance = try #require(try await test.children(of: parent).first)
            #expect(instance.state == .blocked)
            let behind = try await test.submit(StoreSamples.submission("A")).id
            #expect(try await test.startAll().isEmpty)
            try await test.expect(behind, in: .blocked)
            let result = try await test.perform(.controlSchedule(.skip), on: parent)
            #expect(Set(result.changes.map(\.request.id)) == [parent, instance.id, behind])
            let moved = try await test.stored(instance.id)
            #expect(moved.state == .wait && moved.kinship.lockStanding == .none && moved.readyTime == nil)
            try await test.start(behind)
            try await test.expect(holder.id, in: .running)
        },
    ]

    private static let cycles: [StoreCheck] = [
        StoreCheck("I54: a cycle that closes through a full slot ends with ESS-01030, whoever waits last") { test in
            for slotIsLast in [true, false] {
                test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "a"), slots: ["S": 1]))
                let holder = try await test.startOnly("A")
                let slotted = try await test.startOnly("S")
                let forSlot = try await test.submitBelow(holder, "S")
                let forToken = try await test.submitBelow(slotted, "a")
                let (first, last) = slotIsLast ? (slotted, holder) : (holder, slotted)
                try await test.end(first, .paused(state: nil))
                #expect(try await test.startAll().isEmpty)
                if slotIsLast {
                    try await test.expect(forToken, in: .blocked)
                } else {
                    let waiting = try await test.stored(forSlot)
                    #expect(waiting.kinship.gate == .slot && waiting.state == .ready)
                }
                try await test.end(last, .paused(state: nil))
                let resumed = try await test.startAll()
                #expect(resumed.map(\.id) == [last.id])
                try await expectCycle(slotIsLast ? forSlot : forToken, test)
                try await test.end(try #require(resumed.first))
                try await test.end(try await test.start(slotIsLast ? forToken : forSlot))
                try await test.end(try await test.start(first.id))
                try await test.expect(first.id, in: .succeeded)
            }
        },
        StoreCheck("I54: a cycle that other metadata close is found by the sweep") { test in
            let either = LockSamples.global("A", "a")
            test.changeCatalogue(
                LockSamples.catalogue(either, LockSamples.pair("First", "C", "b"), LockSamples.pair("Second", "B", "z"))
            )
            let left = try await test.startOnly("A")
            let right = try await test.startOnly("B")
            let third = try await test.startOnly("C")
            let leftChild = try await test.submitBelow(left, "b")
            let rightChild = try await test.submitBelow(right, "a")
            for parent in [left, right] {
                try await test.end(parent, .paused(state: nil))
                #expect(try await test.startAll().isEmpty)
            }
            // So far the end of the third would let all go on.
            try await test.expect(leftChild, in: .blocked)
            try await test.expect(rightChild, in: .blocked)
            #expect(try await test.store.sweepLocks(after: nil, limit: 10).changes.isEmpty)
            test.changeCatalogue(LockSamples.catalogue(either, LockSamples.pair("Second", "B", "b")))
            #expect(try await test.startAll().isEmpty)
            let sweep = try await test.store.sweepLocks(after: nil, limit: 10)
            #expect(sweep.changes.contains { $0.request.id == leftChild && $0.request.state == .error })
            try await expectCycle(leftChild, test)
            try await test.expect(rightChild, in: .blocked)
            try await test.end(try await test.start(left.id))
            try await test.end(try await test.start(rightChild))
            try await test.end(try await test.start(right.id))
            try await test.expect(right.id, in: .succeeded)
            try await test.expect(third.id, in: .running)
        },
    ]

    private static func expectCycle(_ id: RequestID, _ test: StoreUnderTest) async throws {
        let ended = try await test.stored(id)
        #expect(ended.state == .error && ended.cause == .systemError && ended.errorType == .system)
        #expect(ended.message?.text.contains("Lock cycle") == true && ended.kinship.lockStanding == .none)
    }
}

extension LockSamples {
    /// Two entities that exclude each other.
    static func pair(_ name: String, _ left: String, _ right: String) -> Incompatibility {
        Incompatibility(
            id: id(name),
            type: .global,
            entities: [left, right].map { IncompatibleEntity(entity: StoreSamples.definition($0)) }
        )
    }
}

extension StoreUnderTest {
    /// A sub-request of a running request.
    func submitBelow(_ parent: JobRequest, _ definition: String) async throws -> RequestID {
        var submission = StoreSamples.submission(definition)
        submission.placement = .subRequest(of: parent.id, handle: try #require(parent.epoch))
        return try await submit(submission).id
    }
}
