package import SchedulerCore
import Synchronization

/// Whoever is told of events: takes some, refuses some, and takes some whose answer is lost; in the end it takes all.
package final class SimulatedReceiver: NoticeDeliverer {
    private struct State {
        var random: SeededRandom
        var isWell = false
        /// What was taken, in the order in which it came for the first time.
        var taken: [OutboxEntry] = []
        var known: Set<OutboxKey> = []
        var repeats = 0
        var refusals = 0
        /// Receivers that never take anything.
        var dead: Set<RequestID> = []
    }

    private let state: Mutex<State>

    package init(seed: UInt64) { state = Mutex(State(random: SeededRandom(seed: seed))) }

    package var taken: [OutboxEntry] { state.withLock { $0.taken } }
    package var repeats: Int { state.withLock { $0.repeats } }
    package var refusals: Int { state.withLock { $0.refusals } }

    package func recover() { state.withLock { $0.isWell = true } }

    /// From now on nothing reaches the receiver of a subscription.
    package func bury(_ subscriber: RequestID) { state.withLock { _ = $0.dead.insert(subscriber) } }

    package func deliver(_ delivery: DueDelivery) async -> DeliveryOutcome {
        state.withLock { state in
            let entry = delivery.entry
            let fate = state.isWell ? 0 : Int.random(in: 0..<100, using: &state.random)
            if fate >= 75 || state.dead.contains(entry.subscriberID) {
                state.refusals += 1
                return .failed("refused", status: 500)
            }
            if state.known.insert(entry.key).inserted { state.taken.append(entry) } else { state.repeats += 1 }
            return fate >= 60 ? .failed("the answer was lost") : .delivered(status: 204)
        }
    }
}
