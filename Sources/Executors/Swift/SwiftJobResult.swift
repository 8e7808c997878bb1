/// How an invocation of a Swift job ended.
public enum SwiftJobResult: Hashable, Sendable {
    case success
    /// The request ends in WARNING with this text.
    case warning(String?)
    /// The request is PAUSED until its sub-requests have ended; then the job is invoked again with this state, at most
    /// 4096 bytes, as `pausedState`.
    case paused(state: String?)
    /// Something else does the work and reports by the handle; from now on the job is asynchronous. The id is what the
    /// other side calls the work.
    case waiting(externalID: String?)
}

/// What a cancel hook found out.
public enum SwiftJobCancelAnswer: Hashable, Sendable {
    /// The other side knows; its final report is awaited.
    case told
    /// The work has ended, or never began: the request is CANCELLED now.
    case cancelled
}

/// Ends a job early for reasons of its subject: ERROR, never tried again.
public struct BusinessError: Error, Hashable, Sendable {
    /// Shown to whoever may read the request.
    public let message: String

    /// - Parameter message: for whoever may read the request; no secrets.
    public init(_ message: String) { self.message = message }
}

/// Asks that somebody decide the outcome by hand: ERROR_MANUAL_RECOVERY.
public struct ManualRecovery: Error, Hashable, Sendable {
    /// Shown to whoever may read the request.
    public let message: String

    /// - Parameter message: for whoever may read the request; no secrets.
    public init(_ message: String) { self.message = message }
}
