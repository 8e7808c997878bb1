/// What a callout inside the server decides.
public enum SwiftCalloutAnswer: Hashable, Sendable {
    case proceed
    /// Goes on; the request ends in WARNING at best.
    case warn(String?)
    /// The callout is called again after so many minutes, or those of `SYS_reprocessDelay`.
    case delay(minutes: Int?, String?)
    /// The request ends in CANCELLED.
    case cancel(String?)
    /// The request ends in ERROR for reasons of its subject.
    case businessError(String?)
    /// A technical failure; before the executable it is tried again while retries are left.
    case systemError(String?)
}
