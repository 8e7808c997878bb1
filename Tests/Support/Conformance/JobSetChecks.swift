import SchedulerCore
import Testing

/// Job sets (runtime §6).
package enum JobSetChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("I46: a serial set makes one step after the other, by its links, and ends with the last") { test in
            let plan = StoreSamples.plan(
                .serial,
                StoreSamples.step("load", success: "post", error: "tidy"),
                StoreSamples.step("post"),
                StoreSamples.step("tidy")
            )
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            let load = try #require(try await test.startAll().first)
            try await test.expect(set, in: .running)
            #expect(load.lineage.stepID == "load" && load.lineage.type == .jobSetStep)
            #expect(try await test.stored(set).phase == .jobSetExecuteStepsWait)
            #expect(try await test.stored(set).owner == nil)
            try await test.end(load)
            let post = try #require(try await test.startAll().first)
            #expect(post.lineage.stepID == "post" && post.lineage.absParentID == set)
            #expect(try await test.store.request(post.id)?.parameters.first?.value == "post")
            try await test.end(post, .warning(text: "late"))
            let ended = try await test.stored(set)
            #expect(ended.state == .warning && ended.cause == .processWarning && ended.kinship.liveChildren == 0)
            #expect(ended.message?.text == "Step post ended in WARNING: late")
            #expect(try await test.children(of: set).map(\.lineage.stepID) == ["load", "post"])
        },
        StoreCheck("I45: an error with a link goes on and counts all the same, unless another was selected") { test in
            for (selected, outcome) in [(nil, RequestState.error), (true, .succeeded)] as [(Bool?, RequestState)] {
                let plan = StoreSamples.plan(
                    .serial,
                    StoreSamples.step("load", error: "tidy"),
                    StoreSamples.step("tidy", selectState: selected)
                )
                let set = try await test.submit(StoreSamples.jobSet(plan)).id
                try await test.end(#require(try await test.startAll().first), .businessError(text: "no data"))
                try await test.end(#require(try await test.startAll().first))
                let ended = try await test.stored(set)
                #expect(ended.state == outcome)
                #expect(ended.errorType == (outcome == .error ? .business : nil))
                if outcome == .error { #expect(ended.cause == .processError) }
            }
        },
        StoreCheck("I45: a parallel set runs all steps at once and ends with the last, its error mixed") { test in
            let plan = StoreSamples.plan(
                .parallel,
                StoreSamples.step("a"),
                StoreSamples.step("b"),
                StoreSamples.step("c", selectState: false)
            )
            let set = try await test.submit(StoreSamples.jobSet(plan, retries: 1)).id
            let steps = try await test.startAll()
            #expect(steps.map(\.lineage.stepID) == ["a", "b", "c"])
            try await test.end(steps[0], .systemError("lost"))
            try await test.end(steps[2], .businessError(text: nil))
            try await test.expect(set, in: .running)
            try await test.end(steps[1], .businessError(text: nil))
            let ended = try await test.stored(set)
            #expect(ended.state == .error && ended.errorType == .mixedBusiness)
            #expect(ended.message?.text == "Step a ended in ERROR: lost")
        },
        StoreCheck("I47: a SYSTEM error repeats the whole set with new step requests, as often as it may") { test in
            let plan = StoreSamples.plan(.serial, StoreSamples.step("load", success: "post"), StoreSamples.step("post"))
            let set = try await test.submit(StoreSamples.jobSet(plan, retries: 1)).id
            try await test.end(#require(try await test.startAll().first))
            try await test.end(#require(try await test.startAll().first), .systemError("lost"))
            try await test.expect(set, in: .errorAutoRetry)
            #expect(try await test.store.fireTimers(limit: 10).count == 1)
            for _ in 0..<2 { try await test.end(#require(try await test.startAll().first)) }
            let ended = try await test.stored(set)
            #expect(ended.state == .succeeded && ended.attempt == 2 && ended.errorType == nil)
            let steps = try await test.children(of: set)
            #expect(steps.map(\.lineage.stepID) == ["load", "post", "load", "post"])
            #expect(steps.map(\.lineage.parentAttempt) == [1, 1, 2, 2])
            #expect(
                steps.map(\.kinship.instanceParentAttempt) == [1, 1, 2, 2] && ended.kinship.instanceParentAttempt == 0
            )
        },
        StoreCheck("I30: the steps of a set that a pass has started come before worse ones that it found at first") {
            test in
            let plan = StoreSamples.plan(
                .parallel,
                StoreSamples.step("a", priority: 9),
                StoreSamples.step("b", priority: 9)
            )
            var set = StoreSamples.jobSet(plan)
            set.policy.priority = 9
            try await test.submit(set)
            for _ in 0..<2 { try await test.submit(StoreSamples.submission(priority: 1)) }
            #expect(try await test.claim(2, ready: 10).started.map(\.request.lineage.stepID) == ["a", "b"])
        },
        StoreCheck("A set within a set is a step whose own steps bear its path") { test in
            let night = StoreSamples.plan(.parallel, StoreSamples.step("load"), StoreSamples.step("post"))
            let plan = StoreSamples.plan(
                .serial,
                StoreSamples.step("night", success: "tidy", nested: night),
                StoreSamples.step("tidy")
            )
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            let inner = try await test.startAll()
            #expect(inner.map(\.lineage.stepID) == ["night.load", "night.post"])
            let parents = Set(inner.compactMap(\.lineage.parentID))
            #expect(parents.count == 1 && parents.first != set)
            for step in inner { try await test.end(step) }
            let tidy = try #require(try await test.startAll().first)
            #expect(tidy.lineage.stepID == "tidy" && tidy.lineage.parentID == set)
            try await test.end(tidy)
            try await test.expect(set, in: .succeeded)
        },
        StoreCheck("I14, I23: a cancel reaches the steps; the set ends with the last and makes no other") { test in
            let plan = StoreSamples.plan(.serial, StoreSamples.step("load", success: "post"), StoreSamples.step("post"))
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            let load = try #require(try await test.startAll().first)
            let cancelled = try await test.perform(.cancel, on: set)
            #expect(cancelled.changes.map(\.request.state) == [.cancelling, .cancelling])
            #expect(cancelled.changes.flatMap(\.effects).count == 1)
            try await test.perform(.forceCancel, on: set, expecting: .refused(SchedulerError(1014, "\(set)")))
            try await test.perform(.attemptEndedByServer, on: load.id, epoch: load.epoch)
            let ended = try await test.stored(set)
            #expect(ended.state == .cancelled && ended.cause == .operatorCancel)
            #expect(try await test.children(of: set).count == 1)
            #expect(try await test.startAll().isEmpty)
        },
        StoreCheck("A step that is cancelled by itself ends its set as cancelled by the job") { test in
            let plan = StoreSamples.plan(.parallel, StoreSamples.step("a"), StoreSamples.step("b"))
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            // One thread alone: the other step is only READY.
            let running = try #require(try await test.claim(1, ready: 10).started.first?.request)
            let other = try #require(try await test.children(of: set).first { $0.id != running.id })
            try await test.perform(.cancel, on: other.id)
            try await test.expect(other.id, in: .cancelled)
            try await test.expect(set, in: .running)
            try await test.end(running)
            let ended = try await test.stored(set)
            #expect(ended.state == .cancelled && ended.cause == .processCancel)
        },
        StoreCheck("I25: the deletion of a set takes its steps along") { test in
            let set = try await test.submit(
                StoreSamples.jobSet(StoreSamples.plan(.serial, StoreSamples.step("load")))
            ).id
            let load = try #require(try await test.startAll().first)
            try await test.end(load)
            await test.expectRefusal(1017) {
                let result = try await test.store.perform([RequestCommand(load.id, .delete)])
                if case .refused(let error) = result[0].outcome { throw error }
            }
            try await test.perform(.delete, on: set)
            #expect(try await test.store.request(load.id) == nil)
            #expect(try await test.children(of: set).isEmpty)
        },
    ]
}
