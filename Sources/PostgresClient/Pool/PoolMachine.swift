/// The connections of a pool and the calls that wait for them. Touches nothing: each event is answered by what must
/// follow. `now` is monotonic and never goes back.
package struct PoolMachine: Sendable {
    package struct CallID: Hashable, Sendable {
        package let value: UInt64
        package init(_ value: UInt64) { self.value = value }
    }

    /// Place of a connection, from 0; its orders are carried out one after the other.
    package typealias Slot = Int

    package struct Settings: Hashable, Sendable {
        package var connectionsMax = 8
        package var waitingMax = PostgresLimits.waitingCallsMax
        package var idleCheckTime = PostgresLimits.idleCheckTime
        package var reconnection = ReconnectionPolicy()

        package init() {}
    }

    package enum Action: Hashable, Sendable {
        /// Answered by `connected` or `connectFailed`.
        case connect(Slot)
        /// Answered by `released` or `connectFailed`.
        case run(CallID, Slot)
        /// Answered by `checked`.
        case check(Slot)
        case disconnect(Slot)
        case fail(CallID, Refusal)
        /// Closed, and nothing is left: only refusals follow.
        case finish
    }

    package enum Refusal: Hashable, Sendable {
        case timedOut
        case tooMany
        case cancelled
        /// There is no connection, and the server cannot be reached.
        case unreachable
        case closed
    }

    package enum SlotState: Hashable, Sendable {
        case empty
        case connecting
        case idle(since: Duration)
        case checking
        case busy(CallID)
    }

    private enum Life {
        case open
        case closing
        case closed
    }

    private let settings: Settings
    package private(set) var slots: [SlotState]
    private var line = WaitingLine()
    private var reconnection: Reconnection
    private var life = Life.open
    private var totals = PoolStatistics()

    package init(_ settings: Settings) {
        precondition(settings.connectionsMax > 0, "a pool has connections")
        self.settings = settings
        slots = Array(repeating: .empty, count: settings.connectionsMax)
        reconnection = Reconnection(settings.reconnection)
    }

    // MARK: - Looking

    package var statistics: PoolStatistics {
        var statistics = totals
        for slot in slots {
            switch slot {
            case .empty: break
            case .connecting: statistics.connecting += 1
            case .idle: statistics.idle += 1
            case .checking, .busy: statistics.busy += 1
            }
        }
        statistics.waiting = line.count
        return statistics
    }

    /// When `timePassed` has something to do at the latest; nil if never.
    package var nextTimer: Duration? {
        guard life == .open else { return nil }
        var earliest = line.earliestDeadline
        var isOneConnecting = false
        for slot in slots {
            switch slot {
            case .idle(let since): earliest = Self.earlier(earliest, since + settings.idleCheckTime)
            case .connecting: isOneConnecting = true
            case .empty, .checking, .busy: break
            }
        }
        // An attempt under way decides by itself when the next one may be made.
        if !line.isEmpty, !isOneConnecting, slots.contains(.empty), let notBefore = reconnection.notBefore {
            earliest = Self.earlier(earliest, notBefore)
        }
        return earliest
    }

    private static func earlier(_ left: Duration?, _ right: Duration) -> Duration { min(left ?? right, right) }

    // MARK: - Events

    /// A call wants a connection.
    package mutating func call(_ call: CallID, deadline: Duration, now: Duration) -> [Action] {
        guard life == .open else { return [.fail(call, .closed)] }
        guard line.count < settings.waitingMax else {
            totals.refused += 1
            return [.fail(call, .tooMany)]
        }
        line.append(WaitingLine.Entry(call: call, since: now, deadline: deadline))
        return serve(now: now)
    }

    /// A caller has gone; nothing happens if it waits no longer.
    package mutating func cancel(_ call: CallID) -> [Action] {
        guard line.remove(call) != nil else { return [] }
        totals.cancelled += 1
        return [.fail(call, .cancelled)]
    }

    package mutating func connected(_ slot: Slot, now: Duration) -> [Action] {
        precondition(slots[slot] == .connecting, "connected a slot that was \(slots[slot])")
        totals.connects += 1
        reconnection.succeeded()
        slots[slot] = .idle(since: now)
        return serve(now: now)
    }

    /// A slot got no connection: a new one, or one in place of a connection that had ended before its call ran.
    package mutating func connectFailed(_ slot: Slot, now: Duration, jitter: Double) -> [Action] {
        switch slots[slot] {
        case .connecting, .busy: slots[slot] = .empty
        case .empty, .idle, .checking: preconditionFailure("no connect failed of a slot that was \(slots[slot])")
        }
        totals.connectFailures += 1
        reconnection.failed(now: now, jitter: jitter)
        return serve(now: now)
    }

    /// A call has ended.
    ///
    /// - Parameters:
    ///   - slot: the connection it had.
    ///   - isUsable: whether the next call may have it; if not, it is closed.
    ///   - now: monotonic time.
    /// - Returns: what must follow.
    package mutating func released(_ slot: Slot, isUsable: Bool, now: Duration) -> [Action] {
        guard case .busy = slots[slot] else { preconditionFailure("released a slot that was \(slots[slot])") }
        return settle(slot, isUsable: isUsable, now: now)
    }

    package mutating func checked(_ slot: Slot, isUsable: Bool, now: Duration) -> [Action] {
        precondition(slots[slot] == .checking, "checked a slot that was \(slots[slot])")
        if !isUsable { totals.failedChecks += 1 }
        return settle(slot, isUsable: isUsable, now: now)
    }

    package mutating func timePassed(now: Duration) -> [Action] {
        guard life == .open else { return [] }
        var actions = line.removeExpired(now: now).map { Action.fail($0.call, .timedOut) }
        totals.timedOut += actions.count
        actions += serve(now: now)
        for (slot, state) in slots.enumerated() {
            guard case .idle(let since) = state, since + settings.idleCheckTime <= now else { continue }
            slots[slot] = .checking
            actions.append(.check(slot))
        }
        return actions
    }

    /// Takes in no more calls, refuses those that wait, and ends each connection when its call has ended.
    package mutating func close() -> [Action] {
        guard life == .open else { return [] }
        life = .closing
        return line.removeAll().map { .fail($0.call, .closed) } + closeIdle() + finishIfEmpty()
    }

    // MARK: - Deciding

    private mutating func settle(_ slot: Slot, isUsable: Bool, now: Duration) -> [Action] {
        guard isUsable else {
            slots[slot] = .empty
            return [.disconnect(slot)] + serve(now: now)
        }
        slots[slot] = .idle(since: now)
        return serve(now: now)
    }

    private mutating func serve(now: Duration) -> [Action] {
        guard life == .open else { return closeIdle() + finishIfEmpty() }
        var actions: [Action] = []
        while !line.isEmpty, let slot = warmest, let entry = line.removeFirst() {
            slots[slot] = .busy(entry.call)
            let waited = now - entry.since
            totals.served += 1
            totals.waited += waited
            totals.waitedMost = max(totals.waitedMost, waited)
            actions.append(.run(entry.call, slot))
        }
        actions += connect(now: now)
        // Nobody is left from whom a connection could come: waiting would be in vain.
        if !line.isEmpty, slots.allSatisfy({ $0 == .empty }) {
            let calls = line.removeAll()
            totals.unserved += calls.count
            actions += calls.map { .fail($0.call, .unreachable) }
        }
        return actions
    }

    /// The idle connection that was used last: the others may rest.
    private var warmest: Slot? {
        var found: (slot: Slot, since: Duration)?
        for (slot, state) in slots.enumerated() {
            if case .idle(let since) = state, found.map({ since > $0.since }) ?? true { found = (slot, since) }
        }
        return found?.slot
    }

    /// As many new connections as calls wait for; after a failure a single one that tries the way.
    private mutating func connect(now: Duration) -> [Action] {
        guard !line.isEmpty, reconnection.mayConnect(now: now) else { return [] }
        let wanted = reconnection.failures > 0 ? 1 : line.count
        var missing = wanted - slots.count { $0 == .connecting }
        var actions: [Action] = []
        for slot in slots.indices where missing > 0 && slots[slot] == .empty {
            slots[slot] = .connecting
            actions.append(.connect(slot))
            missing -= 1
        }
        return actions
    }

    private mutating func closeIdle() -> [Action] {
        var actions: [Action] = []
        for (slot, state) in slots.enumerated() {
            guard case .idle = state else { continue }
            slots[slot] = .empty
            actions.append(.disconnect(slot))
        }
        return actions
    }

    private mutating func finishIfEmpty() -> [Action] {
        guard life == .closing, slots.allSatisfy({ $0 == .empty }) else { return [] }
        life = .closed
        return [.finish]
    }
}
