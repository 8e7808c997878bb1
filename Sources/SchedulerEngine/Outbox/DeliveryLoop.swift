package import Logging
import Metrics
package import SchedulerCore
import Synchronization

/// Tells those who asked of the events of requests: a task of the leader (REST §5.8, runtime §9.5).
///
/// A pass goes on as long as something is under way or due: so many deliveries at a time, of each request and channel
/// one. What has been tried stands in the store; whichever node leads next goes on from there.
package final class DeliveryLoop: EngineLoop {
    /// Deliveries under way at a time.
    package static let concurrency = 16
    /// Longest pause between two looks at what is due while something is under way.
    package static let glancePause: Duration = .seconds(1)
    /// Pause between two looks at how much is pending.
    package static let reportPause: Duration = .seconds(15)
    /// What has been pending for longer than this is worth a warning.
    package static let oldAge: Duration = .seconds(3600)
    /// Pause between two such warnings.
    package static let warningPause: Duration = .seconds(3600)

    package let name = "outbox"
    package let wake: WakeSignal

    private let store: any OutboxStore
    private let deliverer: any NoticeDeliverer
    private let leads: @Sendable () async throws -> Bool
    private let lease: Duration
    private let terms: @Sendable () -> DeliveryTerms
    private let time: any TimeSource
    private let logger: Logger
    private let state = Mutex(DeliveryState())

    /// - Parameters:
    ///   - store: holds the outbox.
    ///   - deliverer: brings an event to its receiver.
    ///   - leads: takes or keeps the lead, and tells whether this node has it.
    ///   - lease: how long the lead is kept.
    ///   - terms: how long an entry is tried, and with what pauses; read anew at each try.
    ///   - wake: told when an entry may have come.
    ///   - time: clocks of the node.
    ///   - logger: of the server.
    package init(
        store: any OutboxStore,
        deliverer: any NoticeDeliverer,
        leads: @escaping @Sendable () async throws -> Bool,
        lease: Duration,
        terms: @escaping @Sendable () -> DeliveryTerms,
        wake: WakeSignal,
        time: any TimeSource,
        logger: Logger
    ) {
        self.store = store
        self.deliverer = deliverer
        self.leads = leads
        self.lease = lease
        self.terms = terms
        self.wake = wake
        self.time = time
        self.logger = logger
    }

    /// A third of the lease: a leader that is lost is succeeded in time.
    private var longestPause: Duration { lease / 3 }

    package func runOnce() async throws -> NextPass {
        try await work().get()
    }

    private func work() async -> Result<NextPass, any Error> {
        await withTaskGroup(of: DeliveryEvent.self) { group in
            defer { group.cancelAll() }
            var underWay: Set<OutboxKey> = []
            var isWaiting = false
            var failure: (any Error)?
            while true {
                var pause = longestPause
                // Once the store has failed, what is under way comes to its end, and nothing new is begun.
                if failure == nil {
                    do {
                        let look = try await look(beside: underWay)
                        pause = look.pause
                        for delivery in look.start {
                            underWay.insert(delivery.entry.key)
                            group.addTask { await self.deliver(delivery) }
                        }
                    } catch {
                        failure = error
                    }
                }
                guard !underWay.isEmpty else {
                    if let failure { return .failure(failure) }
                    // Who still waits for a signal may have taken it: the next pass finds what that was for.
                    return .success(isWaiting ? .now : .after(pause))
                }
                if !isWaiting {
                    let glance = min(pause, Self.glancePause)
                    group.addTask { await self.waitForSignal(glance) }
                    isWaiting = true
                }
                switch await group.next() {
                case .ended(let key, let error):
                    underWay.remove(key)
                    failure = failure ?? error
                case .woken: isWaiting = false
                case nil: return .success(.now)
                }
            }
        }
    }

    private func waitForSignal(_ pause: Duration) async -> DeliveryEvent {
        await wake.wait(timeout: pause, time: time)
        return .woken
    }

    // MARK: - What is due

    private struct Look {
        var start: [DueDelivery] = []
        var pause: Duration
    }

    /// What can be started beside that which is under way. The lead is asked for where there is something.
    private func look(beside underWay: Set<OutboxKey>) async throws -> Look {
        let room = Self.concurrency - underWay.count
        guard room > 0 else { return Look(pause: longestPause) }
        let poll = try await store.pollOutbox(limit: Self.concurrency + underWay.count)
        let due = poll.due.filter { !underWay.contains($0.entry.key) }.prefix(room)
        let pause = min(longestPause, poll.next.map { max($0 - poll.now, .milliseconds(1)) } ?? longestPause)
        guard !due.isEmpty else {
            if state.withLock({ $0.leadsUntil > time.monotonicNow() }) { try await report(now: poll.now) }
            return Look(pause: pause)
        }
        guard try await isLeader() else { return Look(pause: longestPause) }
        try await report(now: poll.now)
        return Look(start: Array(due), pause: pause)
    }

    /// The lead is asked for anew when a third of its lease is over.
    private func isLeader() async throws -> Bool {
        let now = time.monotonicNow()
        if state.withLock({ $0.leadsUntil > now }) { return true }
        let isLeader = try await leads()
        state.withLock { $0.leadsUntil = isLeader ? now + longestPause : .zero }
        return isLeader
    }

    /// How much is pending, for metrics, and in the log where it is old.
    private func report(now: Timestamp) async throws {
        let clock = time.monotonicNow()
        guard state.withLock({ $0.isReportDue(at: clock, pause: Self.reportPause) }) else { return }
        let backlog = try await store.outboxBacklog()
        Self.queue.record(backlog.count)
        guard let oldest = backlog.oldest, now - oldest > Self.oldAge else { return }
        guard state.withLock({ $0.isWarningDue(at: clock, pause: Self.warningPause) }) else { return }
        logger.warning("Outbox is old", metadata: ["pending": "\(backlog.count)", "oldest": "\(oldest)"])
    }

    // MARK: - One delivery

    private func deliver(_ delivery: DueDelivery) async -> DeliveryEvent {
        let entry = delivery.entry
        let outcome = await deliverer.deliver(delivery)
        do {
            // Broken off by the end of this node, not by the receiver: the next leader tries it.
            try Task.checkCancellation()
            note(outcome, try await store.settle(outcome, of: entry, terms: terms()), trace: delivery.trace)
            return .ended(entry.key, nil)
        } catch {
            return .ended(entry.key, error)
        }
    }

    private func note(_ outcome: DeliveryOutcome, _ settled: OutboxEntry?, trace: String?) {
        let word =
            switch (outcome.isDelivered, settled?.status) {
            case (true, _): "delivered"
            case (false, .expired): "expired"
            default: "failed"
            }
        Counter(label: Self.deliveriesLabel, dimensions: [("outcome", word)]).increment()
        guard let settled, !outcome.isDelivered else { return }
        let fields = [
            "number": "\(settled.number)", "tries": "\(settled.tries)", "status": settled.status.rawValue,
            "error": outcome.failure ?? "",
        ]
        let names = LogFields.naming(settled.requestID, attempt: settled.notice.attempt, trace: trace)
        logger.log(
            level: settled.status == .expired ? .warning : .info,
            "Delivery failed",
            metadata: fields.merging(names) { $1 }.mapValues { .string($0) }
        )
    }

    private static let deliveriesLabel = "escapement_callback_deliveries_total"
    private static let queue = Gauge(label: "escapement_callback_queue")
}

/// What ends a wait of the loop.
private enum DeliveryEvent: Sendable {
    /// The error is that of the store.
    case ended(OutboxKey, (any Error)?)
    case woken
}

/// What the loop remembers from pass to pass.
private struct DeliveryState {
    /// On the monotonic clock.
    var leadsUntil: Duration = .zero
    private var reported: Duration?
    private var warned: Duration?

    mutating func isReportDue(at now: Duration, pause: Duration) -> Bool { Self.isDue(&reported, now, pause) }

    mutating func isWarningDue(at now: Duration, pause: Duration) -> Bool { Self.isDue(&warned, now, pause) }

    private static func isDue(_ last: inout Duration?, _ now: Duration, _ pause: Duration) -> Bool {
        guard last.map({ now - $0 >= pause }) ?? true else { return false }
        last = now
        return true
    }
}
