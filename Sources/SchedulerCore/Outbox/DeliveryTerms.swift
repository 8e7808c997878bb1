/// How long, and how often at least, a delivery that fails is tried again: `callback.horizon` and `callback.maxPause`
/// (administration §9).
package struct DeliveryTerms: Hashable, Sendable {
    /// From the event, or from when it was asked for once more, to the last try.
    package var horizon: Duration
    /// Longest pause between two tries, whatever the receiver wishes.
    package var maxPause: Duration

    package init(horizon: Duration, maxPause: Duration = OutboxPolicy.pauseMax) {
        self.horizon = horizon
        self.maxPause = maxPause
    }
}
