internal import Dispatch
internal import Synchronization

/// Connections that many callers share, each with a thread of its own on which the calls run.
package final class PostgresPool: Sendable {
    private struct State {
        var machine: PoolMachine
        var calls: [PoolMachine.CallID: PoolCall] = [:]
        var lastCall: UInt64 = 0
        /// Orders of each slot, oldest first; nil ends its thread.
        var orders: [[PoolMachine.Action?]]
        /// Why the last attempt to connect failed.
        var connectError: PostgresError?
        /// When the timer's thread will wake by itself.
        var wakesAt: Duration?
        var isFinished = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let options: PostgresOptions
    private let state: Mutex<State>
    private let wakeUps: [DispatchSemaphore]
    private let timerWaker: Waker

    /// Starts the threads; connections are made when they are wanted.
    ///
    /// Whoever makes a pool closes it: its threads hold on to it.
    ///
    /// - Throws: `PostgresError` if the process has no descriptors left.
    package init(
        _ options: PostgresOptions,
        settings: PoolMachine.Settings = PoolMachine.Settings()
    ) throws(PostgresError) {
        self.options = options
        timerWaker = try Waker()
        wakeUps = (0..<settings.connectionsMax).map { _ in DispatchSemaphore(value: 0) }
        let orders = [[PoolMachine.Action?]](repeating: [], count: settings.connectionsMax)
        state = Mutex(State(machine: PoolMachine(settings), orders: orders))
        for slot in wakeUps.indices {
            BlockingThread.start("postgres.pool.\(slot)") { [self] in serve(slot) }
        }
        BlockingThread.start("postgres.pool.timer") { [self] in keepTime() }
    }

    package var statistics: PoolStatistics { state.withLock { $0.machine.statistics } }

    /// Runs `body` with a connection on a thread of the pool, where it may block.
    ///
    /// A transaction that `body` leaves open is rolled back. A caller that is cancelled while it waits gets
    /// `CancellationError`; a body that has begun comes to its end.
    ///
    /// - Parameters:
    ///   - timeout: how long the call may wait for a connection.
    ///   - body: must not keep the connection.
    /// - Returns: what `body` returned.
    /// - Throws: what `body` throws; `PostgresError` of cause `exhausted`, `notConnected` or `closed`.
    package func withConnection<Value: Sendable>(
        timeout: Duration = PostgresLimits.waitingTime,
        _ body: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        let id = state.withLock { state -> PoolMachine.CallID in
            state.lastCall += 1
            return PoolMachine.CallID(state.lastCall)
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let call = PoolCall(continuation, body)
                let now = MonotonicClock.now()
                handle { state in
                    state.calls[id] = call
                    return state.machine.call(id, deadline: now + timeout, now: now)
                }
                // A cancellation before this found nothing to cancel.
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Refuses further calls and those that wait; returns when the running ones have ended and all connections and
    /// threads are gone.
    package func close() async {
        await withCheckedContinuation { continuation in
            let isFinished = state.withLock { state -> Bool in
                if !state.isFinished { state.closers.append(continuation) }
                return state.isFinished
            }
            if isFinished { continuation.resume() } else { handle { $0.machine.close() } }
        }
    }

    // MARK: - Events and actions

    private func cancel(_ id: PoolMachine.CallID) {
        handle { $0.machine.cancel(id) }
    }

    /// Lets the machine decide under the lock; orders are given there too, so that each slot gets them in the order
    /// of the decisions. Callers are answered outside.
    private func handle(_ event: (inout State) -> [PoolMachine.Action]) {
        let (refused, closers, wakesTimer) = state.withLock {
            state -> ([(PoolCall, any Error)], [CheckedContinuation<Void, Never>], Bool) in
            var refused: [(PoolCall, any Error)] = []
            for action in event(&state) {
                switch action {
                case .connect(let slot), .check(let slot), .disconnect(let slot), .run(_, let slot):
                    order(action, slot, &state)
                case .fail(let id, let refusal):
                    guard let call = state.calls.removeValue(forKey: id) else { continue }
                    refused.append((call, Self.error(refusal, state.connectError)))
                case .finish:
                    state.isFinished = true
                    for slot in wakeUps.indices { order(nil, slot, &state) }
                }
            }
            let timer = state.machine.nextTimer
            let wakesTimer = state.isFinished || timer.map { $0 < (state.wakesAt ?? .seconds(Int64.max)) } ?? false
            guard state.isFinished else { return (refused, [], wakesTimer) }
            defer { state.closers = [] }
            return (refused, state.closers, wakesTimer)
        }
        if wakesTimer { timerWaker.wake() }
        for (call, error) in refused { call.fail(error) }
        for closer in closers { closer.resume() }
    }

    private func order(_ action: PoolMachine.Action?, _ slot: PoolMachine.Slot, _ state: inout State) {
        state.orders[slot].append(action)
        wakeUps[slot].signal()
    }

    private static func error(_ refusal: PoolMachine.Refusal, _ connectError: PostgresError?) -> any Error {
        switch refusal {
        case .timedOut: PostgresError(.exhausted, "no connection of the pool came free in time")
        case .tooMany: PostgresError(.exhausted, "too many calls wait for a connection of the pool")
        case .cancelled: CancellationError()
        case .unreachable: connectError ?? PostgresError(.notConnected, "not connected")
        case .closed: PostgresError(.closed, "the pool was closed")
        }
    }

    // MARK: - On the threads

    private func keepTime() {
        while true {
            let (timer, isFinished) = state.withLock { state -> (Duration?, Bool) in
                state.wakesAt = state.machine.nextTimer
                return (state.wakesAt, state.isFinished)
            }
            guard !isFinished else { return }
            let rest = timer.map { $0 - MonotonicClock.now() }
            _ = Descriptors.wait(for: nil, or: timerWaker, timeout: rest)
            timerWaker.clear()
            handle { $0.machine.timePassed(now: MonotonicClock.now()) }
        }
    }

    private func serve(_ slot: PoolMachine.Slot) {
        var connection: PostgresConnection?
        while true {
            wakeUps[slot].wait()
            let order = state.withLock { $0.orders[slot].removeFirst() }
            switch order {
            case .connect: connect(slot, &connection)
            case .run(let id, _): run(id, slot, &connection)
            case .check: check(slot, connection)
            case .disconnect: connection = nil
            case .fail, .finish, nil: return
            }
        }
    }

    private func connect(_ slot: PoolMachine.Slot, _ connection: inout PostgresConnection?) {
        do throws(PostgresError) {
            connection = try PostgresConnection(options)
            handle { $0.machine.connected(slot, now: MonotonicClock.now()) }
        } catch {
            noteFailure(error, slot)
        }
    }

    private func noteFailure(_ error: PostgresError, _ slot: PoolMachine.Slot) {
        handle { state in
            state.connectError = error
            return state.machine.connectFailed(slot, now: MonotonicClock.now(), jitter: .random(in: 0..<1))
        }
    }

    private func run(_ id: PoolMachine.CallID, _ slot: PoolMachine.Slot, _ connection: inout PostgresConnection?) {
        let call = state.withLock { $0.calls.removeValue(forKey: id) }
        if connection?.isAlive != true {
            // It ended while it was idle; nothing of the call has been sent yet.
            connection = nil
            do throws(PostgresError) { connection = try PostgresConnection(options) } catch {
                noteFailure(error, slot)
                call?.fail(error)
                return
            }
        }
        guard let call, let connection else {
            return handle { $0.machine.released(slot, isUsable: true, now: MonotonicClock.now()) }
        }
        let (answer, isConnectionFit) = call.run(connection)
        let isUsable = connection.endsTransaction() && isConnectionFit
        // The connection first: the caller may come back at once.
        handle { $0.machine.released(slot, isUsable: isUsable, now: MonotonicClock.now()) }
        answer()
    }

    private func check(_ slot: PoolMachine.Slot, _ connection: PostgresConnection?) {
        var isUsable = connection?.isAlive == true
        if isUsable {
            do throws(PostgresError) { try connection?.execute("SELECT 1") } catch { isUsable = false }
        }
        handle { $0.machine.checked(slot, isUsable: isUsable, now: MonotonicClock.now()) }
    }
}
