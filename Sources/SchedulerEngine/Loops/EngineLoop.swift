/// One duty of a node: a pass that tests call by hand and a driver calls in turn.
package protocol EngineLoop: Sendable {
    /// For logs and metrics.
    var name: String { get }

    /// Wakes the loop before its time.
    var wake: WakeSignal { get }

    /// Longest pause after a failed pass.
    var longestFailurePause: Duration { get }

    /// Does what is due and says when to come again.
    ///
    /// - Returns: the longest pause until the next pass.
    /// - Throws: the store's errors; the driver waits and tries again.
    func runOnce() async throws -> NextPass
}

extension EngineLoop {
    package var longestFailurePause: Duration { .seconds(5) }
}

/// When a loop wants its next pass.
package enum NextPass: Hashable, Sendable {
    /// More is due already.
    case now
    case after(Duration)
}
