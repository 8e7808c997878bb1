import SchedulerCore

/// Tests those anew that wait for tokens or slots: at once when the metadata changed or a shift begins or ends, else
/// now and then, for what two nodes decided at the same moment without seeing each other (runtime §7.1).
package struct LockSweepLoop: EngineLoop {
    /// Requests tested in one transaction.
    package static let pageLimit = 200
    /// Pause between two sweeps that nothing asked for.
    package static let pause: Duration = .seconds(60)

    package let name = "locks"
    package let wake: WakeSignal

    private let gateway: CommandGateway
    private let membership: Membership

    package init(gateway: CommandGateway, membership: Membership, wake: WakeSignal) {
        self.gateway = gateway
        self.membership = membership
        self.wake = wake
    }

    package func runOnce() async throws -> NextPass {
        guard !membership.isFenced else { return .after(Self.pause) }
        var pause = Self.pause
        var last: RequestID?
        repeat {
            let sweep = try await gateway.sweepLocks(after: last, limit: Self.pageLimit)
            last = sweep.last
            pause = min(pause, sweep.untilShiftChange ?? pause)
        } while last != nil
        return .after(pause)
    }
}
