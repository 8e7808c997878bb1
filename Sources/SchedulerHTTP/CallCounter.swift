import Synchronization

/// Counts the calls of all users and addresses for a limiter.
final class CallCounter: Sendable {
    private let limiter: Mutex<CallLimiter>

    init(_ rate: CallRate) { limiter = Mutex(CallLimiter(rate)) }

    /// Counts a call.
    ///
    /// - Parameters:
    ///   - user: who calls.
    ///   - address: from where; nil where that is not known.
    ///   - now: monotonic time.
    /// - Returns: nil where it may go on, else how long it has to wait.
    func wait(of user: String, from address: String?, now: Duration) -> Duration? {
        limiter.withLock { $0.take(CallLimiter.Key(user: user, address: address ?? ""), now: now) }
    }
}
