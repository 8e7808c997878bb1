import SchedulerCore

/// Hears of everything that happens to the requests of a definition that names it in `SYS_listener` (runtime §9.5).
///
/// Register a type in the `SwiftJobRegistry`. Each event gets an instance of its own, at least once, those of a request
/// in order: an event whose listener throws comes again. It awaits and never blocks; when its time is over its task is
/// cancelled.
public protocol SwiftListener: Sendable {
    /// Makes the instance that hears of one event.
    init()

    /// Hears of an event.
    ///
    /// - Parameter event: what happened.
    /// - Throws: whatever shows that it must be told once more.
    func hear(_ event: SwiftListenerEvent) async throws
}

/// What happened to a request.
public struct SwiftListenerEvent: Hashable, Sendable {
    /// The request.
    public let requestID: Int64
    /// The request that was submitted.
    public let absParentRequestID: Int64
    /// 1, 2, … of the request: the same when the event comes again.
    public let number: Int
    /// Such as `REQUEST_SUCCEEDED`.
    public let event: String
    /// State after the event.
    public let state: String
    /// State before it; nil where it did not change.
    public let previousState: String?
    /// Result message of an end; nil if there is none.
    public let message: String?
    /// The attempt, from 1.
    public let attempt: Int

    init(_ entry: OutboxEntry) {
        requestID = entry.requestID.value
        absParentRequestID = entry.notice.absParentID.value
        number = entry.number
        event = entry.notice.event.rawValue
        state = entry.notice.state.rawValue
        previousState = entry.notice.previousState?.rawValue
        message = entry.notice.message
        attempt = entry.notice.attempt
    }
}
