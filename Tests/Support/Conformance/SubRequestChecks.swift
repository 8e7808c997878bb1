import SchedulerCore
import Testing

/// Sub-requests and the pauses of their parents (runtime §6).
package enum SubRequestChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("I48 to I50: sub-requests start with the pause; the parent resumes after the last") { test in
            let id = try await test.submit().id
            let parent = try await test.start(id)
            let children = [try await submit(below: parent, test), try await submit(below: parent, test)]
            #expect(try await test.startAll().isEmpty)
            #expect(try await test.store.nextInstants().due == nil)
            test.time.advance(by: .seconds(5))
            try await test.end(parent, .paused(state: "half"))
            let paused = try await test.stored(id)
            #expect(paused.state == .paused && paused.phase == .executePausedWaitForSubreq)
            #expect(paused.kinship.round == 1 && paused.pausedCount == 1)
            let started = try await test.startAll()
            #expect(started.map(\.id) == children && started.allSatisfy { $0.scheduledTime == test.time.now() })
            #expect(started.allSatisfy { $0.kinship.round == 1 })
            try await test.end(started[0], .businessError(text: "no"))
            #expect(try await test.startAll().isEmpty)
            try await test.end(started[1])
            let resumed = try await test.start(id)
            #expect(resumed.pausedState == "half" && resumed.attempt == 1 && resumed.epoch != parent.epoch)
            try await test.end(resumed)
            try await test.expect(id, in: .succeeded)
        },
        StoreCheck("I51: an end without a pause, also a retry, cancels the sub-requests that never started") { test in
            for retries in [0, 1] {
                var submission = StoreSamples.submission()
                submission.policy.retries = retries
                let id = try await test.submit(submission).id
                let parent = try await test.start(id)
                let child = try await submit(below: parent, test)
                try await test.end(parent, .systemError("lost"))
                try await test.expect(id, in: retries == 0 ? .error : .errorAutoRetry)
                let ended = try await test.stored(child)
                #expect(ended.state == .cancelled && ended.cause == .parentNotPaused)
                #expect(try await test.stored(id).kinship.liveChildren == 0)
                if retries > 0 { try await test.perform(.cancel, on: id) }
            }
        },
        StoreCheck("I29: a sub-request expires so long after the pause that makes it due, not after its submission") {
            test in
            let id = try await test.submit().id
            let parent = try await test.start(id)
            var submission = StoreSamples.submission()
            submission.policy.requestExpiration = .seconds(30)
            submission.placement = .subRequest(of: id, handle: try #require(parent.epoch))
            let child = try await test.submit(submission).id
            #expect(try await test.store.nextInstants().timer == nil)
            test.time.advance(by: .seconds(60))
            #expect(try await test.store.fireTimers(limit: 10).isEmpty)
            try await test.end(parent, .paused(state: nil))
            #expect(try await test.store.nextInstants().timer == test.time.now() + .seconds(30))
            try await test.start(child)
        },
        StoreCheck("ESS-01023: only a running parent takes a sub-request, by its present handle") { test in
            let id = try await test.submit().id
            await test.expectRefusal(1052) { _ = try await submit(below: test.stored(id), by: AttemptEpoch(1), test) }
            let parent = try await test.start(id)
            await test.expectRefusal(1052) { _ = try await submit(below: parent, by: AttemptEpoch(99), test) }
            try await test.end(parent)
            await test.expectRefusal(1023) { _ = try await submit(below: parent, test) }
            #expect(try await test.children(of: id).isEmpty)
        },
        StoreCheck("C64, I23: cancelled while paused for sub-requests, the parent ends with the last of them") { test in
            let id = try await test.submit().id
            let parent = try await test.start(id)
            _ = try await submit(below: parent, test)
            _ = try await submit(below: parent, test)
            try await test.end(parent, .paused(state: nil))
            // One runs, the other waits.
            let running = try #require(try await test.claim(1).started.first?.request)
            try await test.perform(.cancel, on: id)
            try await test.expect(id, in: .cancelling)
            #expect(try await test.children(of: id).map(\.state) == [.cancelling, .cancelled])
            try await test.perform(.forceCancel, on: id, expecting: .refused(SchedulerError(1014, "\(id)")))
            try await test.perform(.attemptEndedByServer, on: running.id, epoch: running.epoch)
            let ended = try await test.stored(id)
            #expect(ended.state == .cancelled && ended.cause == .operatorCancel)
        },
        StoreCheck("Sub-requests may have sub-requests; a cancel at the top reaches the lowest") { test in
            let top = try await test.start(try await test.submit().id)
            _ = try await submit(below: top, test)
            try await test.end(top, .paused(state: nil))
            let middle = try #require(try await test.startAll().first)
            let low = try await submit(below: middle, test)
            try await test.end(middle, .paused(state: nil))
            let lowest = try #require(try await test.startAll().first)
            #expect(lowest.id == low && lowest.lineage.absParentID == top.id && lowest.kinship.depth == 2)
            try await test.perform(.cancel, on: top.id)
            try await test.perform(.attemptEndedByServer, on: low, epoch: lowest.epoch)
            for id in [low, middle.id, top.id] { try await test.expect(id, in: .cancelled) }
        },
    ]

    private static func submit(
        below parent: JobRequest,
        by handle: AttemptEpoch? = nil,
        _ test: StoreUnderTest
    ) async throws -> RequestID {
        var submission = StoreSamples.submission()
        let handle = try #require(handle ?? parent.epoch)
        submission.placement = .subRequest(of: parent.id, handle: handle)
        return try await test.submit(submission).id
    }
}
