package import SchedulerCore
import Synchronization

/// The clocks of one node: its wall clock is wrong, its monotonic one began when it liked and goes a little too fast
/// or too slow.
package final class SimulatedClock: TimeSource {
    private let base: ManualTime
    private let start: Duration
    /// Per mille.
    private let rate: Int
    private let skew: Mutex<Duration>

    package init(_ base: ManualTime, start: Duration, rate: Int, skew: Duration) {
        self.base = base
        self.start = start
        self.rate = rate
        self.skew = Mutex(skew)
    }

    package func now() -> Timestamp { base.now() + skew.withLock { $0 } }

    package func monotonicNow() -> Duration { start + base.monotonicNow() * rate / 1000 }

    /// Stands still until the simulation lets it go on.
    package func sleep(for duration: Duration) async throws {
        if let work = HeldWork.current {
            await work.standStill()
            if work.isAbandoned { throw CancellationError() }
        } else {
            try Task.checkCancellation()
        }
    }

    /// How long the world's clock goes until this one has gone so long.
    package func worldSpan(of span: Duration) -> Duration { span * 1000 / rate + .milliseconds(1) }

    package func jumpWallClock(by duration: Duration) { skew.withLock { $0 += duration } }
}
