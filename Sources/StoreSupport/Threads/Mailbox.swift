import Dispatch
package import SchedulerCore
import Synchronization

/// What callers leave for threads that may block. Any number of threads may take from it.
package final class Mailbox<Item: Sendable>: Sendable {
    private struct State {
        var items: [(item: Item, weight: Int)] = []
        /// Threads that wait for an item.
        var sleepers = 0
        /// Why nothing more is taken in.
        var refusal: StoreFault?
        /// Why nothing is taken in for the time being.
        var suspension: StoreFault?
        /// Whether the threads may end once nothing is left.
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)
    private let limit: Int

    /// - Parameter limit: items that may wait; more are refused.
    package init(limit: Int) { self.limit = limit }

    /// Items that wait.
    package var count: Int { state.withLock { $0.items.count } }

    /// Leaves an item.
    ///
    /// - Parameters:
    ///   - item: for one of the threads.
    ///   - weight: how much of a batch it takes.
    /// - Returns: why it was refused; nil if it was taken.
    package func put(_ item: Item, weight: Int = 1) -> StoreFault? {
        let (refusal, wakes) = state.withLock { state -> (StoreFault?, Bool) in
            if let refusal = state.refusal ?? state.suspension { return (refusal, false) }
            guard state.items.count < limit else {
                return (StoreFault("more than \(limit) calls wait for the store", kind: .unavailable), false)
            }
            state.items.append((item, weight))
            guard state.sleepers > 0 else { return (nil, false) }
            state.sleepers -= 1
            return (nil, true)
        }
        if wakes { wakeUp.signal() }
        return refusal
    }

    /// Waits for items and takes what is there, in order, up to the weight; at least one item.
    ///
    /// - Returns: empty once the mailbox is closed and everything was taken.
    package func take(upTo weight: Int) -> [Item] {
        while true {
            let (items, sleeps) = state.withLock { state -> ([Item], Bool) in
                guard state.items.isEmpty else { return (Self.remove(upTo: weight, from: &state.items), false) }
                guard !state.isClosed else { return ([], false) }
                state.sleepers += 1
                return ([], true)
            }
            guard sleeps else { return items }
            wakeUp.wait()
        }
    }

    /// Refuses further items; the first reason given counts. Those that wait are still taken.
    package func refuse(_ refusal: StoreFault) {
        state.withLock { $0.refusal = $0.refusal ?? refusal }
    }

    /// Refuses further items until `resume`.
    ///
    /// - Returns: those that wait, which nobody else takes any more.
    package func suspend(_ reason: StoreFault) -> [Item] {
        state.withLock { state in
            state.suspension = reason
            defer { state.items = [] }
            return state.items.map(\.item)
        }
    }

    package func resume() { state.withLock { $0.suspension = nil } }

    /// Whether nothing more will come.
    package var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Refuses further items and lets the threads end when they have taken the last.
    package func close(_ refusal: StoreFault) {
        let sleepers = state.withLock { state -> Int in
            state.refusal = state.refusal ?? refusal
            state.isClosed = true
            defer { state.sleepers = 0 }
            return state.sleepers
        }
        for _ in 0..<sleepers { wakeUp.signal() }
    }

    private static func remove(upTo weight: Int, from items: inout [(item: Item, weight: Int)]) -> [Item] {
        var total = 0
        var count = 0
        while count < items.count, count == 0 || total + items[count].weight <= weight {
            total += items[count].weight
            count += 1
        }
        defer { items.removeFirst(count) }
        return items[..<count].map(\.item)
    }
}
