import SchedulerCore
import Testing

/// Changes of the schedule of a recurring request (runtime §3.3, §5.3).
package enum ScheduleControlChecks {
    package static let all: [StoreCheck] = replacing + times + skipping + extra + ending

    private static func replacement(
        _ rule: String,
        overlap: OverlapPolicy = .defer,
        catchUp: CatchUpPolicy = .all
    ) throws -> RequestEvent {
        let plan = try #require(StoreSamples.recurring(rule, overlap: overlap).plan)
        var schedule = try #require(plan.schedule)
        schedule.id = MetadataObjectID(kind: .schedule, package: "/acme", name: "Other")
        return .patch(RequestPatch(schedule: .init(schedule, catchUp: catchUp)))
    }

    private static let replacing: [StoreCheck] = [
        StoreCheck("I43: another schedule cancels what never started, governs at once, and what runs goes on") { test in
            let now = test.time.now()
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            let running = try #require(try await test.startAll().first)
            try await test.perform(.controlSchedule(.runNow), on: parent)
            let audit = AuditEntry(principal: "anna", action: "patch")
            let event = try replacement("FREQ=MINUTELY;INTERVAL=10", overlap: .skip)
            let result = try await test.perform(event, on: parent, audit: audit)
            #expect(result.changes.map(\.request.id).first == parent && result.changes.count == 4)
            let children = try await test.children(of: parent)
            #expect(children.map(\.state) == [.running, .cancelled, .cancelled, .wait])
            #expect(children[1...2].allSatisfy { $0.cause == .operatorCancel && $0.completedTime == now })
            #expect(children[3].scheduledTime == now + .seconds(600))
            let stored = try await test.stored(parent)
            #expect(stored == result.request && stored.state == .wait)
            #expect(stored.kinship.nextInstance == children[3].id && stored.kinship.liveChildren == 2)
            #expect(stored.kinship.overlap == .skip && stored.scheduleDefinition?.name == "Other")
            #expect(children[3].scheduleDefinition == stored.scheduleDefinition)
            #expect(try await test.store.request(parent)?.schedule?.recurrences.first?.rule.interval == 10)
            let trail = try await test.store.auditTrail(targetKind: "Request", targetID: parent.description)
            #expect(trail.map(\.entry) == [audit])
            try await test.end(running)
            test.time.advance(by: .seconds(600))
            #expect(try await test.startAll().map(\.id) == [children[3].id])
            let following = try #require(try await test.children(of: parent).last)
            #expect(following.scheduledTime == now + .seconds(1200))
        },
        StoreCheck("I32: what the old schedule had not decided by then is a recorded skip") { test in
            let now = test.time.now()
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let running = try #require(try await test.startAll().first)
            test.time.advance(by: .seconds(185))
            #expect(try await test.startAll().isEmpty)
            try await test.perform(replacement("FREQ=HOURLY"), on: parent)
            let skips = try await test.store.skips(of: parent)
            #expect(skips.map(\.first) == [now + .seconds(120)] && skips.map(\.last) == [now + .seconds(180)])
            #expect(skips.map(\.count) == [2] && skips.map(\.reason) == [.operator])
            let stored = try await test.stored(parent)
            #expect(stored.kinship.gatedInstances == 0 && stored.kinship.activeInstances == 1)
            try await test.end(running)
            #expect(try await test.children(of: parent).map(\.state) == [.succeeded, .cancelled, .wait])
        },
        StoreCheck("The first instance of another schedule is held where its parent is") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            try await test.perform(.hold, on: parent)
            try await test.perform(replacement("FREQ=MINUTELY"), on: parent)
            #expect(try await test.children(of: parent).map(\.state) == [.cancelled, .hold])
            try await test.expect(parent, in: .hold)
            try await test.perform(.release, on: parent)
            #expect(try await test.children(of: parent).map(\.state) == [.cancelled, .wait])
        },
        StoreCheck("ESS-04006: a schedule without an instant left changes nothing") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            let before = (try await test.stored(parent), try await test.children(of: parent))
            test.time.advance(by: .seconds(10))
            let event = try replacement("FREQ=MINUTELY;UNTIL=20000101T000000Z")
            try await test.perform(event, on: parent, expecting: .refused(SchedulerError(4006)))
            #expect(try await test.stored(parent) == before.0)
            #expect(try await test.children(of: parent) == before.1)
            #expect(try await test.store.request(parent)?.schedule?.recurrences.first?.rule.frequency == .hourly)
            #expect(try await test.store.skips(of: parent).isEmpty)
        },
        StoreCheck("ESS-01019, 01018, 01029: only recurring parents in WAIT and HOLD") { test in
            let single = try await test.submit().id
            let unfit = CommandResult.Outcome.refused(SchedulerError(1019, single.description))
            try await test.perform(replacement("FREQ=HOURLY"), on: single, expecting: unfit)
            for control in ScheduleControl.allCases {
                try await test.perform(.controlSchedule(control), on: single, expecting: unfit)
            }
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY;COUNT=1")).id
            try await test.perform(.cancel, on: single)
            try await test.startAll()
            try await test.expect(parent, in: .scheduleEnded)
            let words = [parent.description, "SCHEDULE_ENDED"]
            try await test.perform(
                replacement("FREQ=HOURLY"),
                on: parent,
                expecting: .refused(SchedulerError(1018, arguments: words))
            )
            for control in ScheduleControl.allCases {
                let late = CommandResult.Outcome.refused(SchedulerError(1029, arguments: words))
                try await test.perform(.controlSchedule(control), on: parent, expecting: late)
            }
        },
    ]

    private static let times: [StoreCheck] = [
        StoreCheck("Other times begin the same schedule anew") { test in
            let now = test.time.now()
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            let start = now + .seconds(90)
            try await test.perform(.patch(RequestPatch(start: start, end: now + .seconds(4000))), on: parent)
            let children = try await test.children(of: parent)
            #expect(children.map(\.state) == [.cancelled, .wait] && children[1].scheduledTime == start)
            #expect(children[1].requestedStart == start && children[1].requestedEnd == now + .seconds(4000))
            let stored = try await test.stored(parent)
            #expect(stored.requestedStart == start && stored.requestedEnd == now + .seconds(4000))
            let reversed = SchedulerError(4005, now.description, start.description)
            try await test.perform(.patch(RequestPatch(end: now)), on: parent, expecting: .refused(reversed))
            #expect(try await test.stored(parent) == stored)
        },
        StoreCheck("Another start moves a request that never started, and none of those below another") { test in
            let start = test.milliseconds(60_000)
            let single = try await test.submit().id
            try await test.perform(.patch(RequestPatch(start: start)), on: single)
            let moved = try await test.stored(single)
            #expect(moved.scheduledTime == start && moved.requestedStart == start && moved.state == .wait)
            #expect(try await test.startAll().isEmpty)
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            let child = try #require(try await test.children(of: parent).first)
            try await test.perform(
                .patch(RequestPatch(start: start)),
                on: child.id,
                expecting: .refused(SchedulerError(1018, child.id.description, "WAIT"))
            )
            test.time.advance(by: .seconds(60))
            let running = try #require(try await test.startAll().first { $0.id == single })
            try await test.perform(
                .patch(RequestPatch(start: start)),
                on: running.id,
                expecting: .refused(SchedulerError(1018, running.id.description, "RUNNING"))
            )
        },
    ]

    private static let skipping: [StoreCheck] = [
        StoreCheck("I32: skip moves the next instance on, and the dropped instant is recorded") { test in
            let now = test.time.now()
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let first = try #require(try await test.children(of: parent).first)
            #expect(try await test.claim(0, ready: 10).started.isEmpty)
            try await test.expect(first.id, in: .ready)
            try await test.perform(.controlSchedule(.skip), on: parent)
            let moved = try await test.stored(first.id)
            #expect(moved.state == .wait && moved.scheduledTime == now + .seconds(60) && moved.readyTime == nil)
            try await test.perform(.hold, on: parent)
            try await test.perform(.controlSchedule(.skip), on: parent)
            let held = try await test.stored(first.id)
            #expect(held.state == .hold && held.scheduledTime == now + .seconds(120))
            let stored = try await test.stored(parent)
            #expect(stored.kinship.nextInstance == first.id && stored.kinship.cursor == now + .seconds(120))
            let skips = try await test.store.skips(of: parent)
            #expect(skips.map(\.first) == [now, now + .seconds(60)])
            #expect(skips.allSatisfy { $0.count == 1 && $0.reason == .operator })
        },
        StoreCheck("A skipped instance that waited for an earlier one is free again") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let running = try #require(try await test.startAll().first)
            test.time.advance(by: .seconds(60))
            #expect(try await test.startAll().isEmpty)
            try await test.perform(.controlSchedule(.skip), on: parent)
            let next = try #require(try await test.children(of: parent).last)
            #expect(next.kinship.gate == nil && next.scheduledTime == test.milliseconds(60_000))
            #expect(try await test.stored(parent).kinship.gatedInstances == 0)
            try await test.end(running)
            #expect(try await test.startAll().isEmpty)
        },
        StoreCheck("Below a held parent without a next instance the coming instant is dropped") { test in
            let now = test.time.now()
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            try await test.perform(.hold, on: parent)
            let held = try #require(try await test.children(of: parent).first)
            try await test.perform(.cancel, on: held.id)
            try await test.perform(.controlSchedule(.skip), on: parent)
            #expect(try await test.store.skips(of: parent).map(\.first) == [now + .seconds(60)])
            try await test.perform(.release, on: parent)
            #expect(try await test.children(of: parent).last?.scheduledTime == now + .seconds(120))
        },
        StoreCheck("Skip of the last instant ends the schedule") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY;COUNT=1")).id
            try await test.perform(.controlSchedule(.skip), on: parent)
            #expect(try await test.children(of: parent).map(\.state) == [.cancelled])
            try await test.expect(parent, in: .finished)
            #expect(try await test.store.skips(of: parent).isEmpty)
        },
    ]

    private static let extra: [StoreCheck] = [
        StoreCheck("runNow adds an instance that is due at once, and leaves the schedule as it is") { test in
            let start = test.milliseconds(3_600_000)
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY", start: start)).id
            let before = try await test.stored(parent)
            try await test.perform(.controlSchedule(.runNow), on: parent)
            let now = test.time.now()
            let running = try await test.startAll()
            #expect(running.map(\.scheduledTime) == [now] && running.map(\.lineage.type) == [.recurChild])
            let stored = try await test.stored(parent)
            #expect(stored.kinship.nextInstance == before.kinship.nextInstance)
            #expect(stored.kinship.cursor == start && stored.kinship.activeInstances == 1)
            #expect(try await test.children(of: parent).count == 2)
            try await test.end(running[0])
            try await test.expect(parent, in: .wait)
        },
        StoreCheck("An extra instance waits for an earlier one where instances do not overlap, and is held") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            let first = try #require(try await test.startAll().first)
            try await test.perform(.controlSchedule(.runNow), on: parent)
            #expect(try await test.startAll().isEmpty)
            try await test.end(first)
            let second = try #require(try await test.startAll().first)
            try await test.end(second)
            try await test.perform(.hold, on: parent)
            try await test.perform(.controlSchedule(.runNow), on: parent)
            let held = try #require(try await test.children(of: parent).last)
            #expect(held.state == .hold)
            #expect(try await test.startAll().isEmpty)
            try await test.perform(.release, on: parent)
            #expect(try await test.startAll().map(\.id) == [held.id])
        },
    ]

    private static let ending: [StoreCheck] = [
        StoreCheck("I44: end cancels the next instance; FINISHED comes with the end of the last one") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            let running = try #require(try await test.startAll().first)
            try await test.perform(.controlSchedule(.end), on: parent)
            #expect(try await test.children(of: parent).map(\.state) == [.running, .cancelled])
            try await test.expect(parent, in: .scheduleEnded)
            #expect(try await test.stored(parent).kinship.nextInstance == nil)
            try await test.end(running)
            try await test.expect(parent, in: .finished)
        },
        StoreCheck("End of a parent of which nothing runs is its end, also from HOLD") { test in
            for isHeld in [false, true] {
                let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
                if isHeld { try await test.perform(.hold, on: parent) }
                try await test.perform(.controlSchedule(.end), on: parent)
                try await test.expect(parent, in: .finished)
                let states = try await test.store.history(of: parent).map(\.to).suffix(2)
                #expect(Array(states) == [.scheduleEnded, .finished])
            }
        },
    ]
}
