import SchedulerCore
import Testing

/// Tokens in trees: reservations of sets, relatives, slots, cycles, changed metadata (runtime §7.1).
package enum LockTreeChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("A set that has tokens reserves those of its steps; its own steps are no hindrance") { test in
            test.changeCatalogue(
                LockSamples.catalogue(
                    LockSamples.global("Set", "Other"),
                    inner(LockSamples.id("Inner"), "Job-load", "Outside")
                )
            )
            let plan = StoreSamples.plan(.serial, StoreSamples.step("load", success: "post"), StoreSamples.step("post"))
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            let load = try #require(try await test.startAll().first)
            try await test.expect(set, in: .running)
            let outside = try await test.submit(StoreSamples.submission("Outside")).id
            #expect(try await test.startAll().isEmpty)
            try await test.end(load)
            try await test.expect(outside, in: .blocked)
            try await test.end(#require(try await test.startAll().first))
            try await test.expect(set, in: .succeeded)
            try await test.start(outside)
        },
        StoreCheck("I52: siblings exclude each other") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("Job-a", "Job-b")))
            let plan = StoreSamples.plan(.parallel, StoreSamples.step("a"), StoreSamples.step("b"))
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            let first = try await test.startAll()
            #expect(first.map(\.lineage.stepID) == ["a"])
            let second = try #require(try await test.children(of: set).last)
            #expect(second.state == .blocked)
            try await test.end(first[0])
            try await test.end(#require(try await test.startAll().first))
            try await test.expect(set, in: .succeeded)
        },
        StoreCheck("A cancelled set frees all, and the tokens of a set that failed are free until its retry") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("Set", "Other")))
            let plan = StoreSamples.plan(.serial, StoreSamples.step("load"))
            let set = try await test.submit(StoreSamples.jobSet(plan, retries: 1)).id
            let step = try #require(try await test.startAll().first)
            let other = try await test.submit(StoreSamples.submission("Other")).id
            #expect(try await test.startAll().isEmpty)
            try await test.end(step, .systemError("lost"))
            try await test.expect(set, in: .errorAutoRetry)
            let running = try await test.start(other)
            _ = try await test.store.fireTimers(limit: 10)
            #expect(try await test.startAll().isEmpty)
            try await test.expect(set, in: .blocked)
            try await test.perform(.cancel, on: set)
            try await test.expect(set, in: .cancelled)
            try await test.end(running)
        },
        StoreCheck("I55: no more requests of a definition run than it allows; the others are READY, in line") { test in
            test.changeCatalogue(LockSamples.catalogue(slots: ["A": 2]))
            var ids: [RequestID] = []
            for priority in [4, 4, 4, 8] {
                ids.append(try await test.submit(StoreSamples.submission("A", priority: priority)).id)
                if ids.count == 2 { #expect(try await test.startAll().count == 2) }
            }
            let free = try await test.submit(StoreSamples.submission("B")).id
            #expect(try await test.startAll().map(\.id) == [free])
            try await test.expect(ids[2], in: .ready)
            try await test.expect(ids[3], in: .ready)
            #expect(try await test.store.nextInstants().due == nil)
            try await test.end(try await test.stored(ids[0]))
            #expect(try await test.startAll().map(\.id) == [ids[3]])
            try await test.perform(.cancel, on: ids[2])
            try await test.end(try await test.stored(ids[1]))
            try await test.end(try await test.stored(ids[3]))
            #expect(try await test.startAll().isEmpty)
        },
        StoreCheck("A sub-request shares the slot of its parent") { test in
            test.changeCatalogue(LockSamples.catalogue(slots: ["A": 1]))
            let parent = try await test.startOnly("A")
            let child = try await below(parent, "A", test)
            try await test.end(parent, .paused(state: nil))
            try await test.end(try await test.start(child))
            try await test.end(try await test.start(parent.id))
            try await test.expect(parent.id, in: .succeeded)
        },
        StoreCheck("I54: of sub-requests that would wait for each other for ever the last ends with ESS-01030") {
            test in
            test.changeCatalogue(
                LockSamples.catalogue(
                    LockSamples.global("A", "a"),
                    inner(LockSamples.id("Second"), "B", "b")
                )
            )
            let left = try await test.startOnly("A")
            let right = try await test.startOnly("B")
            let leftChild = try await below(left, "b", test)
            let rightChild = try await below(right, "a", test)
            try await test.end(left, .paused(state: nil))
            #expect(try await test.startAll().isEmpty)
            try await test.expect(leftChild, in: .blocked)
            try await test.end(right, .paused(state: nil))
            let resumed = try await test.startAll()
            #expect(resumed.map(\.id) == [right.id])
            let ended = try await test.stored(rightChild)
            #expect(ended.state == .error && ended.cause == .systemError && ended.errorType == .system)
            #expect(ended.message?.text.contains("Lock cycle") == true)
            try await test.end(resumed[0])
            try await test.end(try await test.start(leftChild))
            try await test.end(try await test.start(left.id))
            try await test.expect(left.id, in: .succeeded)
        },
        StoreCheck("I54: a ring that leads through slots is broken where it waits for one") { test in
            test.changeCatalogue(
                LockSamples.catalogue(inner(LockSamples.id("Inner"), "A", "a"), slots: ["S": 2])
            )
            let left = try await test.startOnly("A")
            let holders = [try await test.startOnly("S"), try await test.startOnly("S")]
            let child = try await below(left, "S", test)
            for holder in holders { _ = try await below(holder, "a", test) }
            for paused in [left, holders[0]] {
                try await test.end(paused, .paused(state: nil))
                #expect(try await test.startAll().isEmpty)
            }
            try await test.expect(child, in: .ready)
            try await test.end(holders[1], .paused(state: nil))
            #expect(try await test.startAll().map(\.id) == [left.id])
            let ended = try await test.stored(child)
            #expect(ended.state == .error && ended.message?.text.contains("Lock cycle") == true)
            try await test.end(try await test.stored(left.id))
            #expect(try await test.startAll().count == 2)
        },
        StoreCheck("I54: whoever waits behind one that is to have the free slot is in no ring") { test in
            test.changeCatalogue(
                LockSamples.catalogue(inner(LockSamples.id("Inner"), "A", "a"), slots: ["S": 2])
            )
            let left = try await test.startOnly("A")
            let holder = try await test.startOnly("S")
            let other = try await test.startOnly("S")
            let first = try await test.submit(StoreSamples.submission("S", priority: 9)).id
            let child = try await below(left, "S", test)
            _ = try await below(holder, "a", test)
            for paused in [left, holder] {
                try await test.end(paused, .paused(state: nil))
                #expect(try await test.startAll().isEmpty)
            }
            try await test.end(other)
            _ = try await test.store.sweepLocks(after: nil, limit: 10)
            try await test.expect(child, in: .ready)
            let running = try await test.startAll()
            #expect(running.map(\.id) == [first])
            try await test.end(#require(running.first))
            #expect(try await test.startAll().map(\.id) == [child])
        },
        StoreCheck("I54: a ring that the end of another holder closes is broken, whoever is first in line") { test in
            test.changeCatalogue(
                LockSamples.catalogue(inner(LockSamples.id("Inner"), "A", "a"), LockSamples.global("R", "P"))
            )
            let left = try await test.startOnly("A")
            var readers: [JobRequest] = []
            for _ in 0..<3 { readers.append(try await test.startOnly("R")) }
            let child = try await below(left, "P", test)
            for reader in readers.dropLast() { _ = try await below(reader, "a", test) }
            let first = try await test.submit(StoreSamples.submission("P", priority: 9)).id
            for paused in [left] + readers.dropLast() {
                try await test.end(paused, .paused(state: nil))
                #expect(try await test.startAll().isEmpty)
            }
            try await test.expect(child, in: .blocked)
            try await test.end(readers[2])
            try await test.expect(child, in: .error)
            try await test.expect(first, in: .blocked)
            #expect(try await test.startAll().map(\.id) == [left.id])
        },
        StoreCheck("I54: a ring of waiters for slots, closed by a lowered limit and an end, is broken by the sweep") {
            test in
            test.changeCatalogue(LockSamples.catalogue(slots: ["S": 2, "T": 1]))
            let left = try await test.startOnly("S")
            let other = try await test.startOnly("S")
            let right = try await test.startOnly("T")
            let children = [try await below(left, "T", test), try await below(right, "S", test)]
            for paused in [left, right] {
                try await test.end(paused, .paused(state: nil))
                #expect(try await test.startAll().isEmpty)
            }
            test.changeCatalogue(LockSamples.catalogue(slots: ["S": 1, "T": 1]))
            try await test.end(other)
            #expect(try await test.startAll().isEmpty)
            for child in children { try await test.expect(child, in: .ready) }
            _ = try await test.store.sweepLocks(after: nil, limit: 10)
            try await test.expect(children[0], in: .error)
            #expect(try await test.stored(children[0]).message?.text.contains("Lock cycle") == true)
            #expect(try await test.startAll().map(\.id) == [left.id])
        },
        StoreCheck("Other metadata free who waits; other limits open slots; nothing that runs is touched") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B"), slots: ["C": 1]))
            let holder = try await test.startOnly("A")
            let waiter = try await test.submit(StoreSamples.submission("B")).id
            for _ in 0..<3 { try await test.submit(StoreSamples.submission("C")) }
            #expect(try await test.startAll().count == 1)
            #expect(try await test.store.sweepLocks(after: nil, limit: 10).changes.isEmpty)
            test.changeCatalogue(LockSamples.catalogue(slots: ["C": 2]))
            let first = try await test.store.sweepLocks(after: nil, limit: 2)
            #expect(first.changes.count == 2)
            #expect(try await test.store.sweepLocks(after: first.last, limit: 2).changes.isEmpty)
            try await test.expect(waiter, in: .ready)
            #expect(try await test.startAll().count == 2)
            try await test.expect(holder.id, in: .running)
            try await test.end(holder)
        },
    ]

    private static func inner(_ id: MetadataObjectID, _ names: String...) -> Incompatibility {
        Incompatibility(
            id: id,
            type: .global,
            entities: names.map { IncompatibleEntity(entity: StoreSamples.definition($0)) }
        )
    }

    private static func below(_ parent: JobRequest, _ name: String, _ test: StoreUnderTest) async throws -> RequestID {
        var submission = StoreSamples.submission(name)
        submission.placement = .subRequest(of: parent.id, handle: try #require(parent.epoch))
        return try await test.submit(submission).id
    }
}
