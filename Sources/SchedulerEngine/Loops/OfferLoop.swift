package import SchedulerCore
import Synchronization

/// Tells the other nodes what this one would run: whoever asks one of them why a request waits hears of all.
package final class OfferLoop: EngineLoop {
    /// Pause between two looks at the settings.
    package static let pause: Duration = .seconds(5)

    package let name = "offer"
    package let wake = WakeSignal()

    private let store: any ClusterStore
    private let membership: Membership
    private let offer: @Sendable () -> NodeOffer
    /// What was told, and after how many losses of the lease.
    private let told = Mutex<(offer: NodeOffer, losses: Int)?>(nil)

    package init(store: any ClusterStore, membership: Membership, offer: @escaping @Sendable () -> NodeOffer) {
        self.store = store
        self.membership = membership
        self.offer = offer
    }

    package func runOnce() async throws -> NextPass {
        guard !membership.isFenced else { return .after(Self.pause) }
        let current = offer()
        let losses = membership.lossCount
        let isTold = told.withLock { $0.map { $0 == (current, losses) } ?? false }
        guard !isTold else { return .after(Self.pause) }
        try await store.publish(current, of: membership.node.id)
        told.withLock { $0 = (current, losses) }
        return .after(Self.pause)
    }
}
