/// Where instants come from. Pure code takes an instant as an argument; only loops and stores ask for one.
package protocol TimeSource: Sendable {
    /// Wall clock time.
    func now() -> Timestamp
    /// Time since an arbitrary origin that no clock setting moves.
    func monotonicNow() -> Duration
    /// Suspends for `duration` of monotonic time.
    ///
    /// - Parameter duration: how long; nothing happens if it is not positive.
    /// - Throws: `CancellationError` if the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws
}
