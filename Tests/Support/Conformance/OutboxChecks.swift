import SchedulerCore
import Testing

/// Events for those who asked to be told (REST §5.8, runtime §9.5).
package enum OutboxChecks {
    package static let all: [StoreCheck] = entries + subscriptions + deliveries

    private static let terms = DeliveryTerms(horizon: .seconds(86_400))
    private static let refused = DeliveryOutcome.failed("no", status: 500)

    private static func subscribed(_ submission: Submission = StoreSamples.submission()) -> Submission {
        var submission = submission
        submission.callback = callback()
        return submission
    }

    private static func listening() -> Submission {
        var submission = StoreSamples.submission()
        submission.parameters = [Parameter(name: EventListener.property, value: "https://example.org/events")]
        return submission
    }

    private static func callback(_ path: String = "done") -> CallbackSubscription {
        CallbackSubscription(url: "https://example.org/\(path)", securityScheme: "OWSM_GPA")
    }

    // MARK: - Which entries there are

    private static let entries: [StoreCheck] = [
        StoreCheck("I61: the end of a subscribed request is one entry, written with it") { test in
            var submission = subscribed()
            submission.facts.trace = "0af7651916cd43dd8448eb211c80319c"
            let id = try await test.submit(submission).id
            let running = try await test.start(id)
            #expect(try await test.store.deliveries(of: id).isEmpty)
            try await test.end(running, .businessError(text: "no such ledger"))
            let entry = try #require(try await test.store.deliveries(of: id).first)
            #expect(try await test.store.deliveries(of: id).count == 1)
            #expect(entry.number == 1 && entry.channel == .callback && entry.subscriberID == id)
            #expect(entry.status == .pending && entry.tries == 0 && entry.due == test.time.now())
            #expect(entry.notice.event == .error && entry.notice.state == .error)
            #expect(entry.notice.errorType == .business && entry.notice.message == "no such ledger")
            #expect(entry.notice.time == test.time.now() && entry.notice.absParentID == id)
            let due = try #require(try await test.store.pollOutbox(limit: 10).due.first)
            #expect(due.entry == entry && due.callback == callback() && due.parameters.isEmpty)
            #expect(due.trace == submission.facts.trace)
        },
        StoreCheck("A request that nobody listens to puts nothing into the outbox") { test in
            let id = try await test.ended(.success)
            #expect(try await test.store.deliveries(of: id).isEmpty)
            #expect(try await test.stored(id).kinship.audience == EventAudience())
            #expect(try await test.store.outboxBacklog() == OutboxBacklog(count: 0, oldest: nil))
        },
        StoreCheck("C43: whatever ends a request is told once, by its event") { test in
            let ended: [(RequestEventName, ExecutableOutcome)] = [
                (.succeeded, .success), (.warning, .warning(text: "late")), (.error, .businessError(text: nil)),
                (.cancelled, .cancelled(text: nil)),
            ]
            for (name, outcome) in ended {
                let id = try await test.ended(outcome, subscribed())
                #expect(try await test.store.deliveries(of: id).map(\.notice.event) == [name])
            }
            let waiting = try await test.submit(subscribed(StoreSamples.submission(start: test.milliseconds(9000)))).id
            try await test.perform(.cancel, on: waiting)
            let notice = try await test.store.deliveries(of: waiting).map(\.notice)
            #expect(notice.map(\.event) == [.cancelled] && notice.map(\.cause) == [.operatorCancel])
        },
        StoreCheck("C79: a forced cancel is told as REQUEST_CANCELLED, OPERATOR_CANCEL, once") { test in
            var submission = StoreSamples.asynchronous()
            submission.callback = callback()
            let id = try await test.startWaiting(submission).id
            test.changeSettings(RequestMachine.Settings(forceCancelAfter: .zero))
            try await test.perform(.cancel, on: id)
            try await test.perform(.forceCancel, on: id)
            _ = try await test.store.perform([RequestCommand(id, .forceCancel)])
            let notice = try await test.store.deliveries(of: id).map(\.notice)
            #expect(notice.map(\.event) == [.cancelled])
            #expect(notice.map(\.cause) == [.operatorCancel] && notice.map(\.state) == [.cancelled])
        },
        StoreCheck("The subscription of a recurring parent hears of each instance and of its own end") { test in
            let parent = try await test.submit(subscribed(StoreSamples.recurring("FREQ=MINUTELY;COUNT=2"))).id
            try await test.end(#require(try await test.startAll().first))
            test.time.advance(by: .seconds(60))
            try await test.end(#require(try await test.startAll().first), .businessError(text: nil))
            let instances = try await test.children(of: parent)
            for (instance, event) in zip(instances, [RequestEventName.succeeded, .error]) {
                let entry = try #require(try await test.store.deliveries(of: instance.id).first)
                #expect(entry.channel == .parentCallback && entry.subscriberID == parent)
                #expect(entry.notice.event == event && entry.notice.absParentID == parent)
            }
            #expect(try await test.store.deliveries(of: parent).map(\.notice.event) == [.finished])
            let due = try await test.store.pollOutbox(limit: 10).due
            #expect(due.count == 3 && due.allSatisfy { $0.callback == callback() })
        },
        StoreCheck("A listener hears of everything that happens to its request, in order") { test in
            let id = try await test.submit(listening()).id
            let running = try await test.start(id)
            try await test.end(running, .paused(state: "half"))
            let resumed = try #require(try await test.startAll().first)
            try await test.end(resumed)
            let entries = try await test.store.deliveries(of: id)
            let steps = try await test.store.history(of: id).filter { $0.from != $0.to }
            #expect(entries.map(\.notice.state) == steps.map(\.to))
            #expect(entries.map(\.notice.previousState) == steps.map(\.from))
            #expect(entries.map(\.number) == Array(1...steps.count))
            #expect(entries.allSatisfy { $0.channel == .listener })
            #expect(entries.last?.notice.event == .succeeded && entries.contains { $0.notice.event == .paused })
            let due = try await test.store.pollOutbox(limit: 10).due
            #expect(due.map(\.entry.number) == [1] && due.first?.parameters.count == 1)
        },
    ]

    // MARK: - Subscribe

    private static let subscriptions: [StoreCheck] = [
        StoreCheck("C44: a second subscription replaces the first; it goes once and is missed then") { test in
            let id = try await test.submit().id
            for path in ["one", "two"] { try await test.perform(.subscribe(callback(path)), on: id) }
            #expect(try await test.store.request(id)?.callback == callback("two"))
            try await test.perform(.unsubscribe, on: id)
            #expect(try await test.store.request(id)?.callback == nil)
            let missing = CommandResult.Outcome.refused(SchedulerError(1021, id.description))
            try await test.perform(.unsubscribe, on: id, expecting: missing)
            try await test.end(test.start(id))
            #expect(try await test.store.deliveries(of: id).isEmpty)
        },
        StoreCheck("A request that has ended takes no subscription") { test in
            let id = try await test.ended(.success)
            let late = CommandResult.Outcome.refused(SchedulerError(1020, id.description, "SUCCEEDED"))
            try await test.perform(.subscribe(callback()), on: id, expecting: late)
        },
        StoreCheck("Living instances learn of a subscription of their parent, and of its end") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let running = try #require(try await test.startAll().first)
            try await test.perform(.subscribe(callback()), on: parent)
            try await test.end(running)
            #expect(try await test.store.deliveries(of: running.id).count == 1)
            try await test.perform(.unsubscribe, on: parent)
            #expect(try await test.store.deliveries(of: running.id).map(\.status) == [.dropped])
            test.time.advance(by: .seconds(60))
            let second = try #require(try await test.startAll().first)
            try await test.end(second)
            #expect(try await test.store.deliveries(of: second.id).isEmpty)
        },
        StoreCheck("A patch gives another callback in any state that is no end, with other changes only in theirs") {
            test in
            let id = try await test.submit(subscribed()).id
            let running = try await test.start(id)
            try await test.perform(.patch(RequestPatch(callback: callback("new"))), on: id)
            #expect(try await test.store.request(id)?.callback == callback("new"))
            let both = RequestPatch(
                parameters: [SubmittedParameter(name: "day", value: "2")],
                callback: callback("late")
            )
            let refusal = CommandResult.Outcome.refused(SchedulerError(1018, id.description, "RUNNING"))
            try await test.perform(.patch(both), on: id, expecting: refusal)
            #expect(try await test.store.request(id)?.callback == callback("new"))
            try await test.end(running)
            #expect(try await test.store.pollOutbox(limit: 10).due.map(\.callback) == [callback("new")])
        },
    ]

    // MARK: - Delivery

    private static let deliveries: [StoreCheck] = [
        StoreCheck("C43: an entry is tried until it is delivered, later after each failure") { test in
            let id = try await test.ended(.success, subscribed())
            var pause: Duration = .zero
            for tries in 1...3 {
                let due = try #require(try await test.store.pollOutbox(limit: 10).due.first?.entry)
                let settled = try #require(try await test.store.settle(refused, of: due, terms: terms))
                #expect(settled.status == .pending && settled.tries == tries)
                #expect(settled.lastStatus == 500 && settled.lastError == "no")
                #expect(settled.lastTry == test.time.now() && settled.due > test.time.now())
                let poll = try await test.store.pollOutbox(limit: 10)
                #expect(poll.due.isEmpty && poll.next == settled.due)
                pause = settled.due - test.time.now()
                test.time.advance(by: pause)
            }
            #expect(pause >= .seconds(2))
            let due = try #require(try await test.store.pollOutbox(limit: 10).due.first?.entry)
            let done = try await test.store.settle(.delivered(status: 204), of: due, terms: terms)
            #expect(done?.status == .delivered && done?.tries == 4 && done?.lastStatus == 204)
            #expect(done?.lastError == nil)
            #expect(try await test.store.deliveries(of: id) == [#require(done)])
            #expect(try await test.store.pollOutbox(limit: 10).due.isEmpty)
            #expect(try await test.store.outboxBacklog().count == 0)
        },
        StoreCheck("An entry is tried no more when its horizon is over") { test in
            _ = try await test.ended(.success, subscribed())
            let due = try #require(try await test.store.pollOutbox(limit: 1).due.first?.entry)
            let settled = try #require(
                try await test.store.settle(refused, of: due, terms: DeliveryTerms(horizon: .milliseconds(10)))
            )
            #expect(settled.due == test.milliseconds(10))
            test.time.advance(by: .milliseconds(10))
            let last = try #require(try await test.store.pollOutbox(limit: 1).due.first?.entry)
            let end = try await test.store.settle(refused, of: last, terms: DeliveryTerms(horizon: .milliseconds(10)))
            #expect(end?.status == .expired && end?.tries == 2)
            let poll = try await test.store.pollOutbox(limit: 1)
            #expect(poll.due.isEmpty && poll.next == nil)
        },
        StoreCheck("I61: what waits behind an entry comes after it, in order, and when that is tried again") { test in
            let id = try await test.submit(listening()).id
            try await test.end(test.start(id))
            let count = try await test.store.deliveries(of: id).count
            #expect(count > 2)
            #expect(try await test.store.outboxBacklog().count == count)
            let first = try #require(try await test.store.pollOutbox(limit: 9).due.first?.entry)
            let failed = try #require(try await test.store.settle(refused, of: first, terms: terms))
            let waiting = try await test.store.deliveries(of: id)
            #expect(waiting.allSatisfy { $0.due == failed.due })
            test.time.advance(by: failed.due - test.time.now())
            for number in 1...count {
                let due = try await test.store.pollOutbox(limit: 9).due.map(\.entry)
                #expect(due.map(\.number) == [number])
                _ = try await test.store.settle(.delivered(status: 200), of: #require(due.first), terms: terms)
            }
            #expect(try await test.store.pollOutbox(limit: 9).due.isEmpty)
        },
        StoreCheck("Of two that try the same the first is believed") { test in
            let id = try await test.ended(.success, subscribed())
            let due = try #require(try await test.store.pollOutbox(limit: 1).due.first?.entry)
            let first = try await test.store.settle(.delivered(status: 200), of: due, terms: terms)
            #expect(try await test.store.settle(refused, of: due, terms: terms) == first)
            #expect(try await test.store.deliveries(of: id).map(\.tries) == [1])
            let unknown = OutboxKey(requestID: id, number: 99)
            #expect(try await test.store.redeliver(unknown, audit: nil) == nil)
        },
        StoreCheck("An operator has an entry delivered once more, with a horizon of its own, and that is audited") {
            test in
            let id = try await test.ended(.success, subscribed())
            let due = try #require(try await test.store.pollOutbox(limit: 1).due.first?.entry)
            _ = try await test.store.settle(refused, of: due, terms: DeliveryTerms(horizon: .zero))
            test.time.advance(by: .seconds(60))
            let audit = AuditEntry(principal: "olga", action: "redeliver")
            let again = try await test.store.redeliver(due.key, audit: audit)
            #expect(again?.status == .pending && again?.since == test.time.now() && again?.tries == 1)
            #expect(again?.key.idempotencyKey == due.key.idempotencyKey)
            #expect(try await test.store.pollOutbox(limit: 1).due.map(\.entry) == [#require(again)])
            let trail = try await test.store.auditTrail(targetKind: "Request", targetID: id.description)
            #expect(trail.contains { $0.entry == audit })
        },
        StoreCheck("A deleted request is still told of, and its entries go with it") { test in
            let id = try await test.ended(.success, subscribed())
            try await test.perform(.delete, on: id)
            #expect(try await test.store.pollOutbox(limit: 1).due.first?.callback == callback())
            _ = try await test.remove(until: test.time.now())
            #expect(try await test.store.deliveries(of: id).isEmpty)
            #expect(try await test.store.outboxBacklog().count == 0)
        },
    ]
}
