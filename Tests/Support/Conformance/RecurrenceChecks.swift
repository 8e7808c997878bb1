import SchedulerCore
import Testing

/// Recurring requests (runtime §5.3).
package enum RecurrenceChecks {
    package static let all: [StoreCheck] = instances + overlaps + catchUps + control

    private static let instances: [StoreCheck] = [
        StoreCheck("I33, I34: a recurring parent waits with one pending instance; the next comes as it starts") {
            test in
            let start = test.milliseconds(60_000)
            let submission = try StoreSamples.recurring("FREQ=MINUTELY", start: start)
            let parent = try await test.submit(submission)
            let first = try #require(try await test.children(of: parent.id).first)
            #expect(parent.state == .wait && parent.lineage.type == .recurParent)
            #expect(parent.lineage.instanceParentID == Lineage.noInstanceParent)
            #expect(first.state == .wait && first.lineage.type == .recurChild && first.scheduledTime == start)
            #expect(first.requestedStart == start && first.previousState == nil)
            #expect(parent.kinship.nextInstance == first.id && parent.kinship.cursor == start)
            test.time.advance(by: .seconds(60))
            let running = try #require(try await test.startAll().first)
            #expect(running.id == first.id)
            let second = try #require(try await test.children(of: parent.id).last)
            #expect(second.scheduledTime == start + .seconds(60) && second.submissionTime == test.time.now())
            #expect(try await test.stored(parent.id).kinship.nextInstance == second.id)
            try await test.end(running)
            try await test.expect(parent.id, in: .wait)
        },
        StoreCheck("I44: after the last instance comes SCHEDULE_ENDED, with its end FINISHED whatever it was") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY;COUNT=2")).id
            try await test.end(#require(try await test.startAll().first))
            test.time.advance(by: .seconds(60))
            let last = try #require(try await test.startAll().first)
            try await test.expect(parent, in: .scheduleEnded)
            #expect(try await test.stored(parent).kinship.nextInstance == nil)
            try await test.end(last, .businessError(text: nil))
            let ended = try await test.stored(parent)
            #expect(ended.state == .finished && ended.cause == .processSuccess)
            #expect(ended.completedTime == test.time.now())
        },
        StoreCheck("ESS-04006: a schedule without an instant in its window is refused, and leaves nothing") { test in
            await test.expectRefusal(4006) {
                _ = try await test.submit(
                    StoreSamples.recurring("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", end: test.milliseconds(1000))
                )
            }
            let left = try await test.store.requests(RequestQuery(limit: 10))
            #expect(left.isEmpty)
        },
        StoreCheck("Cancel of the pending instance concerns it alone: the next one follows") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            let first = try #require(try await test.children(of: parent).first)
            try await test.perform(.cancel, on: first.id)
            let children = try await test.children(of: parent)
            #expect(children.map(\.state) == [.cancelled, .wait])
            #expect(children[1].scheduledTime == first.scheduledTime + .seconds(3600))
            try await test.expect(parent, in: .wait)
        },
    ]

    private static let overlaps: [StoreCheck] = [
        StoreCheck("I35: due while an earlier instance runs, the next waits for its end (defer)") { test in
            try await test.submit(StoreSamples.recurring("FREQ=MINUTELY"))
            let first = try #require(try await test.startAll().first)
            test.time.advance(by: .seconds(150))
            #expect(try await test.startAll().isEmpty)
            let deferred = try #require(try await test.children(of: RequestID(1)).last)
            #expect(deferred.state == .wait && deferred.kinship.gate == .earlierInstance)
            #expect(try await test.store.nextInstants().due == nil)
            try await test.end(first)
            let second = try #require(try await test.startAll().first)
            #expect(second.id == deferred.id)
            #expect(try await test.startAll().isEmpty)
            try await test.end(second)
            #expect(try await test.startAll().count == 1)
        },
        StoreCheck("Side by side where that is allowed") { test in
            try await test.submit(StoreSamples.recurring("FREQ=MINUTELY", overlap: .allow))
            _ = try await test.startAll()
            test.time.advance(by: .seconds(60))
            #expect(try await test.startAll().count == 1)
            #expect(try await test.stored(RequestID(1)).kinship.activeInstances == 2)
        },
        StoreCheck("I32: skip moves the next instance on and records it; with none left it expires") { test in
            let now = test.time.now()
            let end = now + .seconds(180)
            try await test.submit(StoreSamples.recurring("FREQ=MINUTELY", overlap: .skip, start: now, end: end))
            let first = try #require(try await test.startAll().first)
            test.time.advance(by: .seconds(130))
            #expect(try await test.startAll().isEmpty)
            let moved = try #require(try await test.children(of: RequestID(1)).last)
            #expect(moved.scheduledTime == now + .seconds(180) && moved.state == .wait)
            test.time.advance(by: .seconds(60))
            #expect(try await test.startAll().isEmpty)
            try await test.expect(moved.id, in: .expired)
            try await test.expect(RequestID(1), in: .scheduleEnded)
            try await test.end(first)
            try await test.expect(RequestID(1), in: .finished)
            let skips = try await test.store.skips(of: RequestID(1))
            #expect(skips.map(\.count) == [2, 1] && skips.allSatisfy { $0.reason == .overlap })
            #expect(skips.map(\.first) == [now + .seconds(60), now + .seconds(180)])
        },
        StoreCheck("I32: what has all passed beside a running instance is skipped, and nothing made of it (skip)") {
            test in
            let now = test.time.now()
            let end = now + .seconds(180)
            let parent = try await test.submit(
                StoreSamples.recurring("FREQ=MINUTELY", overlap: .skip, start: now, end: end)
            ).id
            let first = try #require(try await test.startAll().first)
            test.time.advance(by: .seconds(250))
            #expect(try await test.startAll().isEmpty)
            #expect(try await test.children(of: parent).map(\.state) == [.running, .expired])
            try await test.expect(parent, in: .scheduleEnded)
            let skips = try await test.store.skips(of: parent)
            #expect(skips.map(\.first) == [now + .seconds(60)] && skips.map(\.last) == [end])
            #expect(skips.map(\.count) == [3])
            #expect(try await test.stored(parent).kinship.cursor == end)
            try await test.end(first)
            try await test.expect(parent, in: .finished)
        },
        StoreCheck("I35: the instance that a pass has started is not cancelled by the same pass for a later one") {
            test in
            try await test.submit(
                StoreSamples.recurring("FREQ=MINUTELY", overlap: .cancelPrevious, start: test.milliseconds(-200_000))
            )
            let started = try await test.claim(1, ready: 10).started.map(\.request)
            #expect(started.count == 1)
            let first = try #require(started.first)
            #expect(try await test.stored(first.id) == first)
            #expect(try await test.startAll().isEmpty)
            try await test.expect(first.id, in: .cancelling)
        },
        StoreCheck("A step that is cancelled for a later instance is left by the pass that was about to start it") {
            test in
            let plan = StoreSamples.plan(.parallel, StoreSamples.step("a"), StoreSamples.step("b", priority: 1))
            var submission = try StoreSamples.recurring("FREQ=MINUTELY", overlap: .cancelPrevious)
            submission.placement = .root(.jobSetRecurParent)
            submission.facts = StoreSamples.jobSet(plan).facts
            submission.plan?.jobSet = plan
            try await test.submit(submission)
            let a = try #require(try await test.claim(1, ready: 10).started.first?.request)
            #expect(a.lineage.stepID == "a")
            test.time.advance(by: .seconds(60))
            #expect(try await test.startAll().isEmpty)
            try await test.expect(a.id, in: .cancelling)
            let steps = try await test.children(of: #require(a.lineage.parentID))
            #expect(steps.map(\.state) == [.cancelling, .cancelled])
        },
        StoreCheck("cancelPrevious cancels the earlier instance and starts after its end") { test in
            try await test.submit(StoreSamples.recurring("FREQ=MINUTELY", overlap: .cancelPrevious))
            let first = try #require(try await test.startAll().first)
            test.time.advance(by: .seconds(60))
            let pass = try await test.claim(10, ready: 10)
            #expect(pass.started.isEmpty && pass.changes.contains { $0.request.id == first.id && !$0.effects.isEmpty })
            try await test.expect(first.id, in: .cancelling)
            try await test.perform(.attemptEndedByServer, on: first.id, epoch: first.epoch)
            #expect(try await test.startAll().count == 1)
            try await test.expect(first.id, in: .cancelled)
        },
        StoreCheck("I30: an instance whose predecessor ends with the pass starts before what ranks behind it") { test in
            var submission = try StoreSamples.recurring("FREQ=MINUTELY", overlap: .cancelPrevious)
            submission.policy.priority = 9
            let parent = try await test.submit(submission).id
            let first = try #require(try await test.startAll().first)
            try await test.perform(
                .executableEnded(.manualRecovery(text: "look")),
                on: first.id,
                epoch: first.epoch
            )
            test.time.advance(by: .seconds(60))
            let other = try await test.submit()
            let started = try await test.claim(10, ready: 10).started.map(\.request)
            let second = try #require(try await test.children(of: parent).first { $0.id != first.id })
            #expect(started.map(\.id) == [second.id, other.id])
            try await test.expect(first.id, in: .cancelled)
        },
        StoreCheck("I35: an instance that has expired cancels no earlier one") { test in
            var submission = try StoreSamples.recurring("FREQ=MINUTELY", overlap: .cancelPrevious)
            submission.policy.requestExpiration = .seconds(30)
            let parent = try await test.submit(submission).id
            let first = try #require(try await test.startAll().first)
            test.time.advance(by: .seconds(95))
            #expect(try await test.startAll().isEmpty)
            try await test.expect(first.id, in: .running)
            #expect(try await test.children(of: parent).map(\.state) == [.running, .expired, .wait])
        },
    ]

    private static let catchUps: [StoreCheck] = [
        StoreCheck("I37, I38: instants before now go by the catch-up policy, and what is skipped is recorded") { test in
            let start = test.milliseconds(-200_000)
            for (policy, first, skipped) in [(CatchUpPolicy.all, 0, 0), (.latest, 180, 3), (.none, 240, 4)] {
                let parent = try await test.submit(
                    StoreSamples.recurring("FREQ=MINUTELY", catchUp: policy, start: start)
                ).id
                let instance = try #require(try await test.children(of: parent).first)
                #expect(instance.scheduledTime == start + .seconds(first), "\(policy)")
                let skips = try await test.store.skips(of: parent)
                #expect(skips.reduce(0) { $0 + $1.count } == skipped, "\(policy)")
                #expect(skips.allSatisfy { $0.reason == .catchUp && $0.first == start })
            }
        }
    ]

    private static let control: [StoreCheck] = [
        StoreCheck("C41, I24: hold takes the pending instance along and makes no other; release frees both") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let running = try #require(try await test.startAll().first)
            try await test.perform(.hold, on: parent)
            #expect(try await test.children(of: parent).map(\.state) == [.running, .hold])
            let held = try #require(try await test.children(of: parent).last)
            try await test.perform(.cancel, on: held.id)
            #expect(try await test.stored(parent).kinship.nextInstance == nil)
            try await test.end(running)
            test.time.advance(by: .seconds(90))
            #expect(try await test.startAll().isEmpty)
            try await test.perform(.release, on: parent)
            let next = try #require(try await test.children(of: parent).last)
            #expect(next.id != held.id && next.state == .wait)
            #expect(next.scheduledTime == held.scheduledTime + .seconds(60))
            #expect(try await test.stored(parent).kinship.nextInstance == next.id)
        },
        StoreCheck("C39, I23: a cancelled parent is CANCELLED with its last instance, at once if none runs") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let running = try #require(try await test.startAll().first)
            try await test.perform(.cancel, on: parent)
            try await test.expect(parent, in: .cancelling)
            #expect(try await test.children(of: parent).map(\.state) == [.cancelling, .cancelled])
            try await test.perform(.attemptEndedByServer, on: running.id, epoch: running.epoch)
            try await test.expect(parent, in: .cancelled)
            #expect(try await test.children(of: parent).count == 2)
            let waiting = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            try await test.perform(.cancel, on: waiting)
            try await test.expect(waiting, in: .cancelled)
            #expect(try await test.store.history(of: waiting).map(\.to) == [.cancelled])
        },
        StoreCheck("C77: forceCancel of the running instance lets the next one run") { test in
            var submission = try StoreSamples.recurring("FREQ=MINUTELY")
            submission.facts.executor = .http
            submission.facts.isAsynchronous = true
            try await test.submit(submission)
            let running = try #require(try await test.startAll().first)
            try await test.perform(.asynchronousStartAccepted(externalID: nil), on: running.id, epoch: running.epoch)
            test.time.advance(by: .seconds(60))
            #expect(try await test.startAll().isEmpty)
            try await test.perform(.cancel, on: running.id)
            test.time.advance(by: .seconds(1800))
            try await test.perform(.forceCancel, on: running.id)
            #expect(try await test.startAll().count == 1)
        },
        StoreCheck("Two timers are due: one ends an instance, the other expires the one that waits for that") { test in
            var submission = try StoreSamples.recurring("FREQ=MINUTELY")
            submission.facts.executor = .http
            submission.facts.isAsynchronous = true
            submission.policy.requestTimeout = .seconds(100)
            submission.policy.timeoutAction = .fail
            submission.policy.requestExpiration = .seconds(60)
            let parent = try await test.submit(submission).id
            let first = try #require(try await test.startAll().first)
            try await test.perform(.asynchronousStartAccepted(externalID: nil), on: first.id, epoch: first.epoch)
            test.time.advance(by: .seconds(60))
            #expect(try await test.startAll().isEmpty)
            test.time.advance(by: .seconds(60))
            while try await !test.store.fireTimers(limit: 10).isEmpty {}
            #expect(try await test.children(of: parent).map(\.state) == [.error, .expired, .wait])
        },
        StoreCheck("I26: an instance that is retried keeps its place, and the next one waits for it") { test in
            var submission = try StoreSamples.recurring("FREQ=MINUTELY")
            submission.policy.retries = 1
            try await test.submit(submission)
            let first = try #require(try await test.startAll().first)
            try await test.end(first, .systemError("lost"))
            test.time.advance(by: .seconds(60))
            #expect(try await test.startAll().isEmpty)
            #expect(try await test.store.fireTimers(limit: 10).count == 1)
            let again = try await test.startAll()
            #expect(again.map(\.id) == [first.id] && again[0].attempt == 2)
            try await test.end(again[0])
            #expect(try await test.startAll().count == 1)
        },
    ]
}
