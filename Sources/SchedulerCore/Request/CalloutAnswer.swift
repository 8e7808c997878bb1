/// What a callout before or after the executable answered (runtime §9.4).
package enum CalloutAnswer: Hashable, Sendable {
    case proceed
    case warn(text: String?)
    /// Nil = `SYS_reprocessDelay`.
    case delay(Duration?, text: String?)
    case cancel(text: String?)
    case businessError(text: String?)
    case systemError(text: String?)
    /// It did not answer, or not as it should.
    case failed(text: String)
}
