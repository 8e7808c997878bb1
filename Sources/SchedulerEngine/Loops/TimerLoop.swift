package import SchedulerCore

/// Fires what time alone does: retries, expirations, timeouts, cancel calls.
package struct TimerLoop: EngineLoop {
    /// Timers fired in one pass.
    package static let passLimit = 500
    /// Pause after a pass in which nothing that was due did anything: each such pass writes.
    package static let fruitlessPause: Duration = .seconds(1)

    package let name = "timers"
    package let wake: WakeSignal

    private let store: any RequestStore
    private let gateway: CommandGateway
    private let longestPause: Duration

    package init(store: any RequestStore, gateway: CommandGateway, longestPause: Duration, wake: WakeSignal) {
        self.store = store
        self.gateway = gateway
        self.longestPause = longestPause
        self.wake = wake
    }

    package func runOnce() async throws -> NextPass {
        guard let next = try await store.nextInstants().timer else { return .after(longestPause) }
        let now = try await store.now()
        guard next <= now else { return .after(min(next - now, longestPause)) }
        let fired = try await gateway.fireTimers(limit: Self.passLimit)
        // What is due and does nothing would be due at once again.
        let hasAdvanced = fired.contains { $0.outcome == .applied }
        return hasAdvanced ? .now : .after(Self.fruitlessPause)
    }
}
