/// How long to wait before the next attempt to connect: longer after each failure, up to a cap.
package struct ReconnectionPolicy: Hashable, Sendable {
    /// After the first failure.
    package var first: Duration = .milliseconds(100)
    package var longest: Duration = .seconds(5)

    package init() {}

    package init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// - Parameters:
    ///   - failures: attempts in a row that have failed, at least one.
    ///   - jitter: from 0 up to 1; spreads those who lost their connections together.
    /// - Returns: between half of the pause and all of it.
    package func pause(after failures: Int, jitter: Double) -> Duration {
        let doublings = min(max(0, failures - 1), 30)
        let whole = min(longest, first * (1 << doublings))
        return whole / 2 + (whole / 2) * min(max(0, jitter), 1)
    }
}

/// When the next attempt to connect may be made.
package struct Reconnection: Hashable, Sendable {
    private let policy: ReconnectionPolicy
    /// Attempts in a row that failed.
    package private(set) var failures = 0
    /// Monotonic time before which no attempt is made; nil after a success.
    package private(set) var notBefore: Duration?

    package init(_ policy: ReconnectionPolicy) { self.policy = policy }

    package func mayConnect(now: Duration) -> Bool { notBefore.map { now >= $0 } ?? true }

    package mutating func succeeded() {
        failures = 0
        notBefore = nil
    }

    /// Takes note of a failed attempt. One that was under way when another failed does not count again.
    package mutating func failed(now: Duration, jitter: Double) {
        guard mayConnect(now: now) else { return }
        failures += 1
        notBefore = now + policy.pause(after: failures, jitter: jitter)
    }
}
