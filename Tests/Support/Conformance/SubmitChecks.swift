import SchedulerCore
import Testing

/// How requests come into a store.
package enum SubmitChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("a request gets the next number and waits from now on") { test in
            let first = try await test.submit()
            let second = try await test.submit()
            #expect(first.id == RequestID(1))
            #expect(second.id == RequestID(2))
            #expect(first.state == .wait)
            #expect(first.submissionTime == test.time.now())
            #expect(try await test.stored(first.id) == first)
            #expect(try await test.store.history(of: first.id).isEmpty)
        },
        StoreCheck("every member of a submission comes back byte for byte") { test in
            let submission = StoreSamples.full()
            let request = try await test.submit(submission)
            let detail = try #require(try await test.store.request(request.id))
            #expect(detail.request == request)
            #expect(detail.parameters == submission.parameters)
            #expect(detail.callback == submission.callback)
            // Strings that differ in spelling only are equal to Swift: their bytes must be too.
            let facts = detail.request.facts
            #expect(facts.submitter.utf8.elementsEqual("e\u{301}lodie".utf8))
            #expect(facts.runAsUser.utf8.elementsEqual("\u{E9}lodie".utf8))
            #expect(facts.requestCategory.map { Array($0.utf8) } == Array("nul\u{0}inside".utf8))
            #expect(String(describing: facts.definitionID) == String(describing: submission.facts.definitionID))
        },
        StoreCheck("what a submission leaves out stays absent") { test in
            let submission = StoreSamples.submission()
            let request = try await test.submit(submission)
            let detail = try #require(try await test.store.request(request.id))
            #expect(detail.request.facts == submission.facts)
            #expect(detail.request.policy == ExecutionPolicy())
            #expect(detail.parameters.isEmpty)
            #expect(detail.callback == nil)
        },
        StoreCheck("runtime §1.2: a request keeps its place in the tree") { test in
            let set = try await test.submit(StoreSamples.jobSet())
            let inner = try await test.submit(
                StoreSamples.jobSet(.child(.jobSetStep, of: set.id, step: "load"))
            )
            let step = try await test.submit(StoreSamples.child(.jobSetStep, of: inner.id, step: "größe"))
            let schedule = try await test.submit(StoreSamples.jobSet(.root(.jobSetRecurParent)))
            let instance = try await test.submit(
                StoreSamples.jobSet(.child(.jobSetRecurChild, of: schedule.id, step: nil))
            )
            let running = try await test.submit(StoreSamples.child(.jobSetStep, of: instance.id, step: "one"))
            let below = try await test.submit(StoreSamples.child(.subRequest, of: running.id))
            for request in [set, inner, step, schedule, instance, running, below] {
                // A parent has learnt of its children since.
                #expect(try await test.stored(request.id).lineage == request.lineage)
            }
            #expect(try await test.stored(step.id).lineage.stepID == "load.größe")
            let kept = try await test.stored(below.id).lineage
            let expected = Lineage(
                requestID: RequestID(7),
                type: .subRequest,
                parentID: RequestID(6),
                parentAttempt: 1,
                stepID: nil,
                absParentID: RequestID(4),
                instanceParentID: RequestID(5)
            )
            #expect(kept == expected)
            #expect(try await test.stored(schedule.id).lineage.instanceParentID == Lineage.noInstanceParent)
        },
        StoreCheck("below a request that is absent or cannot have the child nothing is made") { test in
            let set = try await test.submit(StoreSamples.jobSet())
            await test.expectRefusal(1001) {
                _ = try await test.submit(StoreSamples.child(.subRequest, of: RequestID(9)))
            }
            await test.expectRefusal(1) { _ = try await test.submit(StoreSamples.child(.subRequest, of: set.id)) }
            #expect(try await test.store.requests(RequestQuery(limit: 9)).map(\.request.id) == [set.id])
        },
        StoreCheck("a job set has neither job type nor executor") { test in
            let set = try await test.submit(StoreSamples.jobSet())
            let stored = try await test.stored(set.id)
            #expect(stored == set && stored.facts.executor == nil && stored.facts.jobTypeID == nil)
            try await test.submit()
            let java = RequestQuery(filter: .comparison(.executionType, .equal, .text("JAVA_TYPE")), limit: 9)
            #expect(try await test.store.requests(java).map(\.request.id.value) == [2])
            for field in [RequestField.executionType, .jobType] {
                let absent = RequestQuery(filter: .not(.present(field)), limit: 9)
                #expect(try await test.store.requests(absent).map(\.request.id) == [set.id], "\(field)")
            }
        },
        StoreCheck("an absent request is nil") { test in
            let absent = try await test.store.request(RequestID(1))
            #expect(absent == nil)
            #expect(try await test.store.request(RequestID(.min)) == nil)
            #expect(try await test.store.history(of: RequestID(.max)).isEmpty)
        },
        StoreCheck("a second pending request of an exclusive definition is refused, without a trace") { test in
            var exclusive = StoreSamples.submission("Single")
            exclusive.policy.allowMultiplePending = false
            let first = try await test.submit(exclusive)
            await test.expectRefusal(1050) { [exclusive] in
                _ = try await test.submit(exclusive, audit: AuditEntry(principal: "anna", action: "submit"))
            }
            try await test.submit(StoreSamples.submission("Other"))
            #expect(try await test.store.requests(RequestQuery(limit: 10)).map(\.request.id.value) == [1, 2])
            #expect(try await test.store.auditTrail(targetKind: "Request", targetID: "2").isEmpty)

            try await test.perform(.hold, on: first.id)
            await test.expectRefusal(1050) { [exclusive] in _ = try await test.submit(exclusive) }
            try await test.perform(.cancel, on: first.id)
            #expect(try await test.submit(exclusive).id == RequestID(3))
        },
        StoreCheck("a request that runs does not hinder another, one that will be retried does") { test in
            var exclusive = StoreSamples.submission("Single", priority: 9)
            exclusive.policy.allowMultiplePending = false
            exclusive.policy.retries = 1
            exclusive.policy.retryDelay = .seconds(60)
            let running = try await test.start(test.submit(exclusive).id)
            let second = try await test.submit(exclusive)
            try await test.perform(.cancel, on: second.id)
            try await test.perform(.executableEnded(.systemError("broken")), on: running.id, epoch: running.epoch)
            try await test.expect(running.id, in: .errorAutoRetry)
            await test.expectRefusal(1050) { [exclusive] in _ = try await test.submit(exclusive) }
        },
        StoreCheck("runtime §4: steps, sub-requests and instances neither hinder nor are hindered") { test in
            let schedule = try await test.submit(StoreSamples.jobSet(.root(.jobSetRecurParent)))
            var exclusive = StoreSamples.submission("Set")
            exclusive.policy.allowMultiplePending = false
            for _ in 0..<2 {
                var instance = exclusive
                instance.placement = .child(.jobSetRecurChild, of: schedule.id, step: nil)
                try await test.submit(instance)
            }
            // The parent of the instances waits, too.
            await test.expectRefusal(1050) { [exclusive] in _ = try await test.submit(exclusive) }
            try await test.perform(.cancel, on: schedule.id)
            try await test.submit(exclusive)
        },
        StoreCheck("requests submitted at once get different numbers") { test in
            let count = 200
            let ids = try await withThrowingTaskGroup(of: RequestID.self) { group in
                for _ in 0..<count { group.addTask { try await test.submit().id } }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1.value) }
            }
            #expect(ids == Set(1...Int64(count)))
        },
        StoreCheck("a record comes with its request") { test in
            let entry = AuditEntry(
                principal: "anna",
                action: "submit",
                authMethod: "basic",
                clientAddress: "127.0.0.1",
                attestation: "sure",
                trace: "00ff"
            )
            let request = try await test.submit(audit: entry)
            let trail = try await test.store.auditTrail(targetKind: "Request", targetID: request.id.description)
            let record = AuditRecord(
                time: request.submissionTime,
                entry: entry,
                targetKind: "Request",
                targetID: "1",
                outcome: .ok
            )
            #expect(trail == [record])
        },
        StoreCheck("I59: store time does not follow a wall clock that goes back") { test in
            let before = try await test.submit()
            test.time.jumpWallClock(by: .seconds(-3600))
            let after = try await test.submit()
            #expect(after.submissionTime == before.submissionTime)
            #expect(try await test.store.now() == before.submissionTime)
            test.time.jumpWallClock(by: .seconds(7200))
            #expect(try await test.store.now() == before.submissionTime + .seconds(3600))
        },
    ]
}
