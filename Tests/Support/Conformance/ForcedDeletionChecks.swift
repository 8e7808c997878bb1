import SchedulerCore
import Testing

/// Requests whose definition is deleted by force (runtime §2.1, administration §1.4).
package enum ForcedDeletionChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("A12: who has not started waits for validation, and ends METADATA_NOT_FOUND when due") { test in
            let start = test.time.now() + .seconds(60)
            let id = try await test.submit(StoreSamples.submission(start: start)).id
            try await test.perform(.definitionDeleted, on: id)
            try await test.expect(id, in: .pendingValidation)
            #expect(try await test.store.fireTimers(limit: 10).isEmpty)
            #expect(try await test.claim().started.isEmpty)
            test.time.advance(by: .seconds(60))
            #expect(try await test.claim().started.isEmpty)
            #expect(try await test.store.fireTimers(limit: 10).map(\.outcome) == [.applied])
            let ended = try await test.stored(id)
            #expect(ended.state == .validationFailed && ended.cause == .metadataNotFound)
            #expect(ended.errorType == nil && ended.completedTime == test.time.now())
            #expect(ended.message?.text == "JobDefinition://acme/billing/Job was deleted.")
            #expect(try await test.store.history(of: id).map(\.event) == [.definitionDeleted, .invalid])
            #expect(try await test.store.fireTimers(limit: 10).isEmpty)
        },
        StoreCheck("A12: where the definition is there again when it is due, the request goes on") { test in
            let start = test.time.now() + .seconds(60)
            let waiting = try await test.submit(StoreSamples.submission(start: start)).id
            let held = try await test.submit(StoreSamples.submission(start: start)).id
            try await test.perform(.hold, on: held)
            for id in [waiting, held] { try await test.perform(.definitionDeleted, on: id) }
            test.changeCatalogue(catalogue)
            test.time.advance(by: .seconds(60))
            #expect(try await test.store.fireTimers(limit: 10).map(\.outcome) == [.applied, .applied])
            try await test.expect(held, in: .hold)
            try await test.expect(waiting, in: .wait)
            try await test.start(waiting)
        },
        StoreCheck("Who is queued ends at once; who runs goes on") { test in
            let running = try await test.submit().id
            try await test.start(running)
            let queued = try await test.submit().id
            _ = try await test.claim(0, ready: 10)
            try await test.expect(queued, in: .ready)
            try await test.perform(.definitionDeleted, on: running, expecting: .unchanged)
            try await test.perform(.definitionDeleted, on: queued)
            #expect(try await test.stored(queued).readyTime == nil)
            _ = try await test.store.fireTimers(limit: 10)
            try await test.expect(queued, in: .validationFailed)
            try await test.expect(running, in: .running)
        },
        StoreCheck("A recurring parent ends after its pending instance, whose schedule makes no other") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let running = try #require(try await test.startAll().first)
            let pending = try #require(try await test.children(of: parent).last)
            try await test.perform(.definitionDeleted, on: parent, expecting: .unchanged)
            try await test.perform(.definitionDeleted, on: pending.id)
            test.time.advance(by: .seconds(60))
            _ = try await test.store.fireTimers(limit: 10)
            try await test.expect(pending.id, in: .validationFailed)
            try await test.expect(parent, in: .scheduleEnded)
            try await test.end(running)
            try await test.expect(parent, in: .finished)
            #expect(try await test.children(of: parent).count == 2)
        },
        StoreCheck("PATCH and refresh validate: they end it, or let it go on") { test in
            let start = test.time.now() + .seconds(60)
            let gone = try await test.submit(StoreSamples.submission(start: start)).id
            let back = try await test.submit(StoreSamples.submission(start: start)).id
            for id in [gone, back] { try await test.perform(.definitionDeleted, on: id) }
            let patch = RequestPatch(parameters: [SubmittedParameter(name: "day", type: .string, value: "1")])
            try await test.perform(.patch(patch), on: gone)
            #expect(try await test.stored(gone).cause == .metadataNotFound)
            test.changeCatalogue(catalogue)
            let detail = try #require(try await test.store.request(back))
            let item = RequestRefresh.Item(
                back,
                base: detail.parameters,
                facts: detail.request.facts,
                policy: detail.request.policy,
                parameters: detail.parameters
            )
            try await test.perform(.refresh(RequestRefresh([item])), on: back)
            try await test.expect(back, in: .wait)
            try await test.perform(
                .invalid(.validationError, text: "x"),
                on: back,
                expecting: .dropped(.cannotArise)
            )
        },
    ]

    /// One that has the definition of the samples.
    private static let catalogue = Catalogue([
        MetadataObject(
            .jobDefinition(JobDefinition(id: StoreSamples.definition(), jobType: BuiltInJobType.swift.id)),
            origin: .api
        )
    ])
}
