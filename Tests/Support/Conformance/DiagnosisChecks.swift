import SchedulerCore
import Testing

/// A46, I62: each reason that stores decide is told, with who stands in the way (runtime §10).
package enum DiagnosisChecks {
    package static let all: [StoreCheck] = locks + families + waits + nodes

    private static let locks: [StoreCheck] = [
        StoreCheck("BLOCKED names the holder, then the better-ranked waiter, and the place in line") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.domain("A", "B", property: "ledger")))
            let holder = try await test.start(test.submit(LockSamples.ledger("A", "DE")).id)
            let first = try await test.submit(LockSamples.ledger("B", "DE")).id
            #expect(try await test.startAll().isEmpty)
            let second = try await test.submit(LockSamples.ledger("A", "DE")).id
            #expect(try await test.startAll().isEmpty)
            let diagnosis = try await test.diagnose(first, .blocked)
            let reason = try #require(diagnosis.reasons.first)
            #expect(reason.blockingRequestID == holder.id && reason.blockerKind == .holder)
            #expect(reason.incompatibility == LockSamples.id("OnePerValue") && reason.value == "DE")
            #expect(reason.queuePosition == 1 && diagnosis.reasons.count == 1)
            #expect(diagnosis.actions.contains(.cancel) && !diagnosis.actions.contains(.hold))
            let behind = try #require(try await test.diagnose(second, .blocked).reasons.first)
            #expect(behind.blockingRequestID == first && behind.blockerKind == .waiter)
            #expect(behind.queuePosition == 2)
            try await test.end(holder)
            try await test.diagnose(first, .nothing)
            try await test.diagnose(second, .blocked)
        },
        StoreCheck("A due request that nobody has looked at yet is told what it will meet") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            let holder = try await test.startOnly("A")
            let waiter = try await test.submit(StoreSamples.submission("B")).id
            let reason = try #require(try await test.diagnose(waiter, .blocked).reasons.first)
            #expect(reason.blockingRequestID == holder.id && reason.value == nil && reason.queuePosition == 1)
            try await test.expect(waiter, in: .wait)
        },
        StoreCheck("CONCURRENCY_LIMIT names limit, holders and the place in line") { test in
            test.changeCatalogue(LockSamples.catalogue(slots: ["A": 2]))
            for _ in 0..<2 { try await test.submit(StoreSamples.submission("A")) }
            let holders = try await test.startAll().map(\.id)
            let low = try await test.submit(StoreSamples.submission("A", priority: 1)).id
            let high = try await test.submit(StoreSamples.submission("A", priority: 8)).id
            #expect(try await test.startAll().isEmpty)
            for (id, position) in [(high, 1), (low, 2)] {
                let reason = try #require(try await test.diagnose(id, .concurrencyLimit).reasons.first)
                #expect(reason.limit == 2 && reason.inUse == 2 && reason.holders == holders)
                #expect(reason.queuePosition == position)
            }
        },
    ]

    private static let families: [StoreCheck] = [
        StoreCheck("DEFERRED names the earlier instance; the recurring parent waits for its children") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let first = try #require(try await test.startAll().first)
            let next = test.time.now() + .seconds(60)
            let wait = try #require(try await test.diagnose(parent, .childWait).reasons.first)
            #expect(wait.childRequestIDs.first == first.id && wait.nextInstant == next)
            test.time.advance(by: .seconds(60))
            let second = try #require(try await test.children(of: parent).last).id
            #expect(try await test.diagnose(second, .deferred).reasons.first?.blockingRequestID == first.id)
            #expect(try await test.startAll().isEmpty)
            #expect(try await test.diagnose(second, .deferred).reasons.first?.blockingRequestID == first.id)
            try await test.end(first)
            try await test.diagnose(second, .nothing)
        },
        StoreCheck("PARENT_PAUSE_WAIT, SUBREQUEST_WAIT, then the queued resume") { test in
            let parent = try await test.start(test.submit().id)
            var submission = StoreSamples.submission()
            submission.placement = .subRequest(of: parent.id, handle: try #require(parent.epoch))
            let child = try await test.submit(submission).id
            #expect(try await test.diagnose(child, .parentPauseWait).reasons.first?.parentRequestID == parent.id)
            try await test.end(parent, .paused(state: nil))
            let paused = try #require(try await test.diagnose(parent.id, .subRequestWait).reasons.first)
            #expect(paused.subRequestID == child && paused.childRequestIDs == [child])
            try await test.diagnose(child, .nothing)
            try await test.end(test.start(child))
            try await test.diagnose(parent.id, .nothing)
        },
        StoreCheck("CHILD_WAIT: a running set names its live steps") { test in
            let plan = StoreSamples.plan(.parallel, StoreSamples.step("a"), StoreSamples.step("b"))
            let set = try await test.submit(StoreSamples.jobSet(plan)).id
            let steps = try await test.startAll().map(\.id)
            #expect(try await test.diagnose(set, .childWait).reasons.first?.childRequestIDs == steps)
        },
    ]

    private static let waits: [StoreCheck] = [
        StoreCheck("FUTURE_START, ON_HOLD and both; a held request may be released") { test in
            try await test.store.enter()
            let start = test.milliseconds(60_000)
            let id = try await test.submit(StoreSamples.submission(start: start)).id
            let waiting = try await test.diagnose(id, .futureStart)
            #expect(waiting.reasons.first?.scheduledTime == start && waiting.estimatedStart == start)
            #expect(waiting.actions.contains(.hold) && !waiting.actions.contains(.release))
            try await test.perform(.hold, on: id)
            let held = try await test.diagnose(id, .onHold)
            #expect(held.reasons.map(\.code) == [.onHold, .futureStart] && held.estimatedStart == nil)
            #expect(held.actions.contains(.release) && !held.actions.contains(.hold))
            try await test.perform(.release, on: id)
            test.time.advance(by: .seconds(60))
            try await test.store.enter()
            try await test.diagnose(id, .nothing)
        },
        StoreCheck("RETRY_DELAY tells the attempt and what is left; MANUAL_RECOVERY who lost it") { test in
            var submission = StoreSamples.submission()
            submission.policy.retries = 3
            submission.policy.retryDelay = .seconds(60)
            let running = try await test.start(test.submit(submission).id)
            try await test.end(running, .systemError("lost"))
            let delay = try #require(try await test.diagnose(running.id, .retryDelay).reasons.first)
            #expect(delay.attempt == 1 && delay.retriesLeft == 3 && delay.message == "lost")
            #expect(delay.scheduledTime == test.time.now() + .seconds(60))
            let other = try await test.start(test.submit().id)
            try await test.end(other, .manualRecovery(text: "who knows"))
            let recovery = try await test.diagnose(other.id, .manualRecovery)
            #expect(recovery.reasons.first?.reason == "who knows" && recovery.reasons.first?.node == "node")
            #expect(recovery.actions.contains(.recoverRetry))
        },
        StoreCheck("ASYNC_WAIT, then CANCEL_WAIT with the earliest forceCancel, which is an action from then on") {
            test in
            test.changeSettings(RequestMachine.Settings(forceCancelAfter: .seconds(60)))
            var submission = StoreSamples.asynchronous()
            submission.policy.requestTimeout = .seconds(600)
            let request = try await test.startWaiting(submission)
            let begun = test.time.now()
            let wait = try await test.diagnose(request.id, .asyncWait)
            #expect(wait.reasons.first?.externalID == "ext" && wait.reasons.first?.isTimedOut == false)
            #expect(wait.reasons.first?.timeoutAt == begun + .seconds(600) && wait.actions.contains(.complete))
            try await test.perform(.cancel, on: request.id)
            let cancel = try await test.diagnose(request.id, .cancelWait)
            #expect(cancel.reasons.first?.earliestForceCancelTime == begun + .seconds(60))
            #expect(cancel.reasons.first?.cancelInitiatedTime == begun && cancel.since == begun)
            #expect(!cancel.actions.contains(.forceCancel) && !cancel.actions.contains(.complete))
            test.time.advance(by: .seconds(60))
            #expect(try await test.diagnose(request.id, .cancelWait).actions.contains(.forceCancel))
        },
        StoreCheck("NONE while it executes; a terminal request has no reason, a deleted one no diagnosis") { test in
            let running = try await test.start(test.submit().id)
            let none = try #require(try await test.diagnose(running.id, .nothing).reasons.first)
            #expect(none.processor == "node" && none.attempt == 1)
            try await test.end(running)
            let ended = try await test.diagnose(running.id, nil)
            #expect(ended.reasons.isEmpty && ended.actions == [.delete])
            try await test.perform(.delete, on: running.id)
            #expect(try await test.store.diagnosisFacts(of: running.id) == nil)
            #expect(try await test.store.diagnosisFacts(of: RequestID(999_999)) == nil)
        },
        StoreCheck("Better-ranked due requests are counted; those that are not due, or blocked, are not") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            let holder = try await test.startOnly("A")
            try await test.submit(StoreSamples.submission("B", priority: 9))
            #expect(try await test.startAll().map(\.id).isEmpty)
            try await test.submit(StoreSamples.submission(priority: 9, start: test.milliseconds(60_000)))
            for priority in [9, 5, 4, 4, 4, 3] { try await test.submit(StoreSamples.submission(priority: priority)) }
            let ids = try await test.store.requests(RequestQuery(limit: 20)).map(\.request.id).sorted()
            for (id, count) in zip(ids.suffix(6), [0, 1, 2, 3, 4, 5]) {
                #expect(try await test.store.diagnosisFacts(of: id)?.betterRanked == count)
            }
            try await test.end(holder)
            #expect(try await test.store.diagnosisFacts(of: #require(ids.last))?.betterRanked == 6)
        },
        StoreCheck("The store is as it was before") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            _ = try await test.startOnly("A")
            let waiter = try await test.submit(StoreSamples.submission("B")).id
            #expect(try await test.startAll().isEmpty)
            let before = try await test.store.requests(RequestQuery(limit: 10)).map(\.request)
            for request in before { _ = try await test.store.diagnosisFacts(of: request.id) }
            #expect(try await test.store.requests(RequestQuery(limit: 10)).map(\.request) == before)
            try await test.diagnose(waiter, .blocked)
        },
    ]
}

extension DiagnosisChecks {
    private static let nodes: [StoreCheck] = [
        StoreCheck("What a node tells of itself is kept, also by a lease that is renewed or taken anew") { test in
            let node = StoreSamples.node
            let offers = [
                NodeOffer(threads: 1), NodeOffer(applications: [], logicalClusters: ["a", "ß"], threads: 1000),
                NodeOffer(applications: ["Other", ""], threads: 0, isDispatching: false),
                NodeOffer(threads: 3, isProcessing: false, isNewcomer: true, hasFailed: true),
            ]
            try await test.store.publish(offers[0], of: node)
            #expect(try await test.store.nodes().isEmpty)
            try await test.store.enter(node)
            #expect(try await test.store.nodes().map { $0.start?.offer } == [nil])
            for offer in offers {
                for _ in 0..<2 { try await test.store.publish(offer, of: node) }
                _ = try await test.store.renew(node, lease: StoreSamples.lease)
                try await test.store.enter(node)
                #expect(try await test.store.nodes().map { $0.start?.offer } == [offer])
            }
        },
        StoreCheck("NO_ACTIVE_SERVER, NO_APPLICATION, PROCESSOR_STOPPED, QUIESCED, NO_FREE_THREAD by what nodes tell") {
            test in
            let node = StoreSamples.node
            let id = try await test.submit().id
            try await test.diagnose(id, .noActiveServer)
            try await test.store.enter(node)
            try await test.store.publish(NodeOffer(applications: ["Other"], threads: 1), of: node)
            #expect(try await test.diagnose(id, .noApplication).reasons.first?.application == "Acme")
            try await test.store.publish(NodeOffer(threads: 1, isProcessing: false), of: node)
            try await test.diagnose(id, .processorStopped)
            try await test.store.publish(NodeOffer(threads: 1), of: node)
            try await test.diagnose(id, .nothing)
            try await test.store.setQuiesced(true, .cluster, audit: nil)
            let names = try await test.store.nodes().map(\.name)
            #expect(try await test.diagnose(id, .quiesced).reasons.first?.nodes == names)
            try await test.store.setQuiesced(false, .cluster, audit: nil)
            try await test.start(id)
            let next = try await test.submit().id
            let full = try #require(try await test.diagnose(next, .noFreeThread).reasons.first)
            #expect(full.threads == 1 && full.inUse == 1 && full.queuePosition == 1)
        },
    ]
}

extension StoreUnderTest {
    /// Expects a code, by the nodes that the store knows and the assignments in force.
    @discardableResult
    func diagnose(
        _ id: RequestID,
        _ code: DiagnosticCode?,
        under contents: [MetadataContent] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Diagnosis {
        let facts = try #require(try await store.diagnosisFacts(of: id), sourceLocation: sourceLocation)
        let threadsInUse = try await store.threadsInUse()
        let nodes = try await store.nodes().map { DiagnosisNode($0, threadsInUse: threadsInUse) }
        let catalogue = Catalogue(contents.map { MetadataObject($0, origin: .directory) })
        let assignments = AssignmentFact.all(
            for: facts.request,
            nodes: nodes,
            model: WorkModel(catalogue, settings: RecurrenceSettings()),
            now: facts.now
        )
        let diagnosis = Diagnosis(facts, nodes: nodes, assignments: assignments)
        #expect(diagnosis.code == code, sourceLocation: sourceLocation)
        return diagnosis
    }
}
