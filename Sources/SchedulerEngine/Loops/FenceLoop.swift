import Logging
import SchedulerCore

/// Ends everything that runs when the node could not renew its lease in time. Asks nobody but the clock, so that it
/// works while the store does not answer.
package struct FenceLoop: EngineLoop {
    package let name = "fence"
    package let wake = WakeSignal()

    private let membership: Membership
    private let longestPause: Duration

    package init(membership: Membership, longestPause: Duration) {
        self.membership = membership
        self.longestPause = longestPause
    }

    package func runOnce() async throws -> NextPass {
        .after(min(membership.checkFence() ?? longestPause, longestPause))
    }
}
