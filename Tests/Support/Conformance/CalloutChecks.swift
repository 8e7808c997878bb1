import SchedulerCore
import Testing

/// Callouts before and after the executable (runtime §7.3, §8, §9.4).
package enum CalloutChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("Pre-processing comes first, and DELAY gives thread and place back until its time") { test in
            let id = try await test.submit(submission(before: true)).id
            let called = try await test.start(id)
            #expect(called.phase == .preProcessStart && called.owner == StoreSamples.node)
            let delayed = try await answer(.preProcessed(.delay(.seconds(60), text: "later")), of: called, test)
            #expect(delayed.state == .wait && delayed.phase == .preProcessDelayed && delayed.owner == nil)
            #expect(try await test.stored(id).callouts.preProcess == CalloutNote(status: .delay, message: "later"))
            #expect(try await test.startAll().isEmpty)
            #expect(try await test.store.nextInstants().due == test.time.now() + .seconds(60))
            test.time.advance(by: .seconds(60))
            let again = try await test.start(id)
            #expect(again.attempt == called.attempt && again.epoch != called.epoch)
            let running = try await answer(.preProcessed(.warn(text: "careful")), of: again, test)
            #expect(running.phase == .executeInitiate && running.isWarned && running.epoch == again.epoch)
            try await test.end(running)
            let done = try await test.stored(id)
            #expect(done.state == .warning && done.executableState == .succeeded && done.cause == .processWarning)
            #expect(done.isWarned, "the store keeps what pre-processing said")
            #expect(done.callouts.preProcess == CalloutNote(status: .warn, message: "careful"))
            #expect(done.callouts.postProcess == nil)
        },
        StoreCheck("ESS-01023: the handle of a job set's callout takes no sub-requests; CHILD_WAIT when it has steps") {
            test in
            var submission = StoreSamples.jobSet(StoreSamples.plan(.serial, StoreSamples.step("load")))
            submission.policy.hasPreProcess = true
            let id = try await test.submit(submission).id
            let called = try await test.start(id)
            #expect(called.phase == .preProcessStart && called.owner == StoreSamples.node)
            try await test.diagnose(id, .nothing)
            var below = StoreSamples.submission()
            below.placement = .subRequest(of: id, handle: try #require(called.epoch))
            await test.expectRefusal(1023) { _ = try await test.submit(below) }
            try await answer(.preProcessed(.proceed), of: called, test)
            #expect(try await test.children(of: id).map(\.lineage.stepID) == ["load"])
            try await test.diagnose(id, .childWait)
        },
        StoreCheck("Post-processing after a report is a candidate, under a new epoch") { test in
            var submission = submission(after: true)
            submission.facts.isAsynchronous = true
            let waiting = try await test.startWaiting(submission)
            let handle = try #require(waiting.epoch)
            try await test.perform(.report(.success, text: nil, handle: handle), on: waiting.id)
            try await test.expect(waiting.id, in: .completed)
            let taken = try await test.start(waiting.id, node: test.hasOneNode ? StoreSamples.node : other)
            #expect(taken.state == .completed && taken.phase == .postProcessStart && taken.epoch != handle)
            #expect(try await test.startAll().isEmpty, "one node at a time")
            try await test.perform(
                .postProcessed(.proceed),
                on: waiting.id,
                epoch: handle,
                expecting: .dropped(.staleEpoch)
            )
            #expect(try await answer(.postProcessed(.proceed), of: taken, test).state == .succeeded)
        },
        StoreCheck("After an executable its node goes on under the same epoch; DELAY is due when its timer fires") {
            test in
            let id = try await test.submit(submission(after: true)).id
            let running = try await test.start(id)
            try await test.end(running, .warning(text: "w"))
            let called = try await test.stored(id)
            #expect(called.state == .completed && called.owner == running.owner && called.epoch == running.epoch)
            let owned = try await test.store.attempts(of: StoreSamples.node, after: nil, limit: 10).map(\.id)
            #expect(owned == [id])
            let delayed = try await answer(.postProcessed(.delay(nil, text: nil)), of: called, test)
            #expect(delayed.state == .completed && delayed.owner == nil)
            #expect(try await test.startAll().isEmpty)
            let due = test.time.now() + .seconds(300)
            #expect(try await test.store.nextInstants().timer == due)
            test.time.advance(by: .seconds(300))
            #expect(try await test.store.fireTimers(limit: 10).map(\.outcome) == [.applied])
            let again = try await test.start(id)
            #expect(again.executableState == .warning)
            #expect(try await answer(.postProcessed(.proceed), of: again, test).state == .warning)
        },
        StoreCheck("I60: another node repeats the post-processing of a lost one, and never the executable") { test in
            let id = try await test.submit(submission(after: true)).id
            let running = try await test.start(id)
            try await test.end(running)
            let called = try await test.stored(id)
            test.time.advance(by: StoreSamples.lease + .seconds(1))
            try await test.store.enter(other)
            let lost = try await test.store.lostAttempts(for: other, after: nil, limit: 10)
            #expect(lost.map(\.request.id) == [id])
            try await test.perform(.nodeLost(reason: .leaseExpired), on: id, epoch: called.epoch)
            let taken = try await test.start(id, node: other)
            #expect(taken.state == .completed && taken.owner == other && taken.epoch != called.epoch)
            try await test.perform(
                .postProcessed(.cancel(text: nil)),
                on: id,
                epoch: called.epoch,
                expecting: .dropped(.staleEpoch)
            )
            #expect(try await answer(.postProcessed(.proceed), of: taken, test).state == .succeeded)
            let starts = try await test.store.history(of: id).count { $0.event == .start }
            #expect(starts == 1)
        },
        StoreCheck("A set makes its steps after its own pre-processing, and calls after them; their errors end it") {
            test in
            for outcome in [ExecutableOutcome.success, .businessError(text: "no")] {
                let plan = StoreSamples.plan(.serial, StoreSamples.step("a"))
                var set = StoreSamples.jobSet(plan)
                set.policy.hasPreProcess = true
                set.policy.hasPostProcess = true
                let id = try await test.submit(set).id
                let called = try await test.start(id)
                #expect(try await test.children(of: id).isEmpty)
                let running = try await answer(.preProcessed(.proceed), of: called, test)
                #expect(running.phase == .jobSetExecuteStepsWait && running.owner == nil)
                let step = try #require(try await test.startAll().first)
                #expect(step.lineage.parentID == id)
                try await test.end(step, outcome)
                guard outcome == .success else {
                    try await test.expect(id, in: .error)
                    continue
                }
                let taken = try await test.start(id)
                #expect(taken.state == .completed)
                #expect(try await answer(.postProcessed(.warn(text: nil)), of: taken, test).state == .warning)
            }
        },
        StoreCheck("A cancel ends what waits for its post-processing, and is heard by a callout that runs") { test in
            let id = try await test.submit(submission(before: true, after: true)).id
            let called = try await test.start(id)
            let cancelled = try await test.perform(.cancel, on: id)
            let epoch = try #require(called.epoch)
            #expect(cancelled.changes.first?.effects == [.stopAttempt(epoch, .cancel, grace: nil)])
            #expect(try await answer(.preProcessed(.proceed), of: called, test).state == .cancelled)
            let second = try await test.submit(submission(after: true)).id
            let running = try await test.start(second)
            try await test.end(running)
            try await answer(.postProcessed(.delay(nil, text: nil)), of: test.stored(second), test)
            try await test.perform(.cancel, on: second)
            try await test.expect(second, in: .cancelled)
        },
    ]

    private static let other = StoreSamples.otherNode

    private static func submission(before: Bool = false, after: Bool = false) -> Submission {
        var submission = StoreSamples.submission()
        submission.policy.hasPreProcess = before
        submission.policy.hasPostProcess = after
        return submission
    }

    @discardableResult
    private static func answer(
        _ event: RequestEvent,
        of request: JobRequest,
        _ test: StoreUnderTest
    ) async throws -> JobRequest {
        try await test.perform(event, on: request.id, epoch: request.epoch)
        return try await test.stored(request.id)
    }
}
