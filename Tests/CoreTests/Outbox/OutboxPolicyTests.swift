import SchedulerTesting
import Testing

@testable import SchedulerCore

/// When a delivery is tried again (REST §5.8).
struct OutboxPolicyTests {
    private static let now = Timestamp(milliseconds: 1_000_000)

    private func entry(_ id: Int64 = 7, tries: Int = 0) -> OutboxEntry {
        let notice = EventNotice(
            event: .succeeded,
            absParentID: RequestID(id),
            definitionID: "JobDefinition://acme/Job",
            state: .succeeded,
            previousState: .completed,
            cause: .processSuccess,
            errorType: nil,
            message: nil,
            attempt: 1,
            time: Self.now
        )
        var entry = OutboxEntry(
            requestID: RequestID(id),
            number: 1,
            channel: .callback,
            subscriberID: RequestID(id),
            notice: notice,
            since: Self.now
        )
        entry.tries = tries
        return entry
    }

    private func failed(
        _ entry: OutboxEntry,
        retryAfter: Duration? = nil,
        at now: Timestamp = now,
        maxPause: Duration = OutboxPolicy.pauseMax
    ) -> OutboxEntry {
        let outcome = DeliveryOutcome.failed("no", status: 503, retryAfter: retryAfter)
        return OutboxPolicy.settled(
            entry,
            outcome,
            now: now,
            terms: DeliveryTerms(horizon: .seconds(86_400), maxPause: maxPause)
        )
    }

    @Test("Pauses double up to the longest, each between half of it and all of it", arguments: 1...30)
    func pauses(_ tries: Int) {
        let pause = failed(entry(tries: tries - 1)).due - Self.now
        let full = min(OutboxPolicy.pauseMax, OutboxPolicy.firstPause * (1 << min(tries - 1, 20)))
        #expect(pause >= full / 2 && pause <= full)
    }

    @Test("The longest pause is configured, be it below the first one or above the usual", arguments: 1...30)
    func maxPause(_ tries: Int) {
        for maxPause in [Duration.milliseconds(100), .seconds(3), .seconds(86_400)] {
            let full = min(maxPause, OutboxPolicy.firstPause * (1 << min(tries - 1, 20)))
            let pause = failed(entry(tries: tries - 1), maxPause: maxPause).due - Self.now
            #expect(pause >= full / 2 && pause <= full)
            let wished = failed(entry(tries: tries - 1), retryAfter: .seconds(100_000), maxPause: maxPause)
            #expect(wished.due == Self.now + min(maxPause, .seconds(86_400)))
        }
    }

    @Test("What fails together is not tried again together, and each the same way at every run")
    func jitter() {
        let pauses = (1...200).map { failed(entry($0, tries: 8)).due }
        #expect(Set(pauses).count > 150)
        #expect(pauses == (1...200).map { failed(entry($0, tries: 8)).due })
    }

    @Test("The wish of a receiver counts, up to the longest pause")
    func retryAfter() {
        #expect(failed(entry(), retryAfter: .seconds(60)).due == Self.now + .seconds(60))
        #expect(failed(entry(), retryAfter: .seconds(86_000)).due == Self.now + OutboxPolicy.pauseMax)
        #expect(failed(entry(), retryAfter: .zero).due > Self.now)
    }

    @Test("The last try comes at the end of the horizon, never after it")
    func horizon() {
        let end = Self.now + .seconds(86_400)
        let late = failed(entry(tries: 20), at: end + .seconds(-1))
        #expect(late.status == .pending && late.due == end)
        #expect(failed(late, at: end).status == .expired)
    }

    @Test("A text of failure is kept up to its bound")
    func text() {
        let outcome = DeliveryOutcome.failed(String(repeating: "ß", count: 1000))
        let settled = OutboxPolicy.settled(entry(), outcome, now: Self.now, terms: DeliveryTerms(horizon: .seconds(60)))
        #expect(settled.lastError?.utf8.count == OutboxPolicy.errorBytes)
    }

    @Test("The key of an entry is the same at each try and of no other entry")
    func key() {
        #expect(failed(entry()).key.idempotencyKey == entry().key.idempotencyKey)
        #expect(entry().key.idempotencyKey == "escapement-7-1")
        #expect(OutboxKey(requestID: RequestID(71), number: 1).idempotencyKey != "escapement-7-11")
    }

    @Test("Events have the names of the specification", arguments: RequestState.allCases)
    func names(_ state: RequestState) {
        let expected: [RequestState: String] = [
            .succeeded: "SUCCEEDED", .warning: "WARNING", .error: "ERROR", .cancelled: "CANCELLED",
            .expired: "EXPIRED", .validationFailed: "INVALID", .finished: "FINISHED", .paused: "PAUSED",
            .errorAutoRetry: "RETRY", .errorManualRecovery: "ERROR_MANUAL_RECOVERY",
        ]
        let name = RequestEventName(from: .running, to: state).rawValue
        #expect(name == "REQUEST_" + (expected[state] ?? "STATE"))
    }
}
