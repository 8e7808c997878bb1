import Logging
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Synchronization
import Testing

/// Events on their way to their receivers.
@Suite("Delivery loop", .timeLimit(.minutes(1)))
struct DeliveryLoopTests {
    private let time = SteppedTime()
    private let store: MemoryStore
    private let receiver = ScriptedReceiver()
    private let wake = WakeSignal()
    private let lead = AskedFlag(true)
    private let logs = LogKeeper()

    private static let lease: Duration = .seconds(30)
    private static let node = NodeID("node")

    init() { store = MemoryStore(time: time) }

    private func loop(_ store: (any OutboxStore)? = nil) -> DeliveryLoop {
        DeliveryLoop(
            store: store ?? self.store,
            deliverer: receiver,
            leads: { [lead] in lead.value },
            lease: Self.lease,
            terms: { DeliveryTerms(horizon: .seconds(3600)) },
            wake: wake,
            time: time,
            logger: logs.logger
        )
    }

    private func subscribed() -> Submission {
        var submission = StoreSamples.submission()
        submission.callback = CallbackSubscription(url: "https://example.org/done", securityScheme: "OWSM_GPA")
        return submission
    }

    /// A request that is told of, cancelled before it began.
    @discardableResult
    private func ended(_ submission: Submission? = nil) async throws -> RequestID {
        let id = try await store.submit(submission ?? subscribed(), audit: nil).id
        _ = try await store.perform([RequestCommand(id, .cancel)])
        return id
    }

    private func statuses(_ id: RequestID) async throws -> [DeliveryStatus] {
        try await store.deliveries(of: id).map(\.status)
    }

    @Test("C43: what is due is delivered, and again after a failure, when its pause is over")
    func retry() async throws {
        let id = try await ended()
        receiver.answer(.failed("no", status: 500), .delivered(status: 200))
        let loop = loop()
        var pass = try await loop.runOnce()
        if pass == .now { pass = try await loop.runOnce() }
        let entry = try #require(try await store.deliveries(of: id).first)
        #expect(entry.tries == 1 && entry.status == .pending)
        #expect(pass == .after(entry.due - time.now()))
        time.advance(by: entry.due - time.now())
        _ = try await loop.runOnce()
        #expect(try await statuses(id) == [.delivered])
        #expect(Set(receiver.seen.map(\.key.idempotencyKey)).count == 1 && receiver.seen.count == 2)
    }

    @Test(
        "A failure is in the log with request, attempt and trace",
        arguments: ["0af7651916cd43dd8448eb211c80319c", nil]
    )
    func failureInTheLog(trace: String?) async throws {
        var submission = subscribed()
        submission.facts.trace = trace
        let id = try await ended(submission)
        receiver.answer(.failed("no", status: 500))
        _ = try await loop().runOnce()
        let line = try #require(logs.lines.last { $0.contains("Delivery failed") })
        #expect(line.contains(#""requestId": \#(id)"#) && line.contains(#""attempt": "#), "\(line)")
        #expect(line.contains(#""ecid": \#(trace ?? "")"#) == (trace != nil), "\(line)")
    }

    @Test("I61: a listener gets the events of its request one after the other, in order")
    func order() async throws {
        var submission = StoreSamples.submission()
        submission.parameters = [Parameter(name: EventListener.property, value: "https://example.org/events")]
        let id = try await store.submit(submission, audit: nil).id
        for event in [RequestEvent.hold, .release, .cancel] { _ = try await store.perform([RequestCommand(id, event)]) }
        _ = try await loop().runOnce()
        #expect(receiver.seen.map(\.number) == [1, 2, 3])
        #expect(receiver.seen.map(\.notice.state) == [.hold, .wait, .cancelled])
        #expect(try await statuses(id) == [.delivered, .delivered, .delivered])
    }

    @Test("A receiver that does not answer keeps no other from hearing")
    func slow() async throws {
        let slow = try await ended()
        receiver.hold()
        let loop = loop()
        async let pass = loop.runOnce()
        _ = try await receiver.begun.next()
        let other = try await ended()
        wake.signal()
        _ = try await receiver.begun.next()
        #expect(try await statuses(other) == [.pending])
        receiver.release()
        _ = try await pass
        #expect(try await statuses(slow) == [.delivered])
        #expect(try await statuses(other) == [.delivered])
    }

    @Test("So many are under way at a time, and no more")
    func bound() async throws {
        for _ in 0...DeliveryLoop.concurrency { try await ended() }
        receiver.hold()
        let loop = loop()
        async let pass = loop.runOnce()
        for _ in 0..<DeliveryLoop.concurrency { _ = try await receiver.begun.next() }
        #expect(receiver.seen.count == DeliveryLoop.concurrency)
        receiver.release()
        _ = try await pass
        #expect(receiver.seen.count == DeliveryLoop.concurrency + 1)
        #expect(try await store.outboxBacklog().count == 0)
    }

    @Test("Only the leader delivers; it asks for the lead where something is due, and when a third of it is over")
    func leader() async throws {
        let loop = loop()
        _ = try await loop.runOnce()
        #expect(lead.reads == 0)
        let id = try await ended()
        lead.value = false
        #expect(try await loop.runOnce() == .after(Self.lease / 3))
        #expect(try await statuses(id) == [.pending])
        lead.value = true
        _ = try await loop.runOnce()
        #expect(try await statuses(id) == [.delivered] && lead.reads == 2)
        try await ended()
        _ = try await loop.runOnce()
        #expect(lead.reads == 2)
        time.advance(by: Self.lease / 3)
        try await ended()
        _ = try await loop.runOnce()
        #expect(lead.reads == 3)
    }

    @Test("What the end of the node breaks off counts as no try")
    func shutdown() async throws {
        let id = try await ended()
        receiver.hold()
        let loop = loop()
        let pass = Task { try await loop.runOnce() }
        _ = try await receiver.begun.next()
        pass.cancel()
        receiver.release()
        await #expect(throws: (any Error).self) { try await pass.value }
        #expect(try await store.deliveries(of: id).map(\.tries) == [0])
    }
}

/// A flag that tells how often it was asked.
final class AskedFlag: Sendable {
    private let state: Mutex<(value: Bool, reads: Int)>

    init(_ value: Bool) { state = Mutex((value, 0)) }

    var value: Bool {
        get {
            state.withLock { state in
                state.reads += 1
                return state.value
            }
        }
        set { state.withLock { $0.value = newValue } }
    }

    var reads: Int { state.withLock { $0.reads } }
}

/// Answers as it was told, else that all is well.
final class ScriptedReceiver: NoticeDeliverer {
    private struct State {
        var answers: [DeliveryOutcome] = []
        var seen: [OutboxEntry] = []
        var isHeld = false
    }

    /// An entry for each delivery that has begun.
    let begun = EventQueue<OutboxEntry>()
    private let gate = EventQueue<Void>()
    private let state = Mutex(State())

    var seen: [OutboxEntry] { state.withLock { $0.seen } }

    func answer(_ outcomes: DeliveryOutcome...) { state.withLock { $0.answers += outcomes } }

    /// Lets deliveries wait until they are released.
    func hold() { state.withLock { $0.isHeld = true } }

    func release() {
        let waiting = state.withLock { state in
            state.isHeld = false
            return state.seen.count
        }
        for _ in 0..<waiting { gate.add(()) }
    }

    func deliver(_ delivery: DueDelivery) async -> DeliveryOutcome {
        let (isHeld, outcome) = state.withLock { state in
            state.seen.append(delivery.entry)
            let outcome = state.answers.isEmpty ? DeliveryOutcome.delivered(status: 200) : state.answers.removeFirst()
            return (state.isHeld, outcome)
        }
        begun.add(delivery.entry)
        if isHeld { try? await gate.next() }
        return outcome
    }
}
