/// Bounds of the core, each with its unit.
package enum Limits {
    /// Bytes of an outcome message that are kept.
    package static let messageBytes = 4096
    /// Bytes of the paused state that a job may hand over (runtime §6).
    package static let pausedStateBytes = 4096
    /// Pauses of one attempt before it ends in a SYSTEM error (runtime §6).
    package static let pausesPerAttempt = 1000
    /// Requests above one in its tree (runtime §1.2).
    package static let treeDepth = 20
    /// Accepted final reports remembered per request, newest kept.
    package static let acceptedReportsKept = 100
    /// Late reports and check-ins per request that its history keeps, oldest kept.
    package static let lateCallsNoted = 20
    /// Shortest pause between two calls of a callout that answers DELAY.
    package static let calloutPauseMin: Duration = .seconds(1)
    /// First pause between two cancel calls; doubles up to `cancelCallMaxDelay`.
    package static let cancelCallFirstDelay: Duration = .seconds(1)
    /// Longest pause between two cancel calls.
    package static let cancelCallMaxDelay: Duration = .seconds(300)
    /// Bytes of a DOMAIN property's value in its key; longer values are shortened and hashed.
    package static let lockValueBytes = 200
    /// Claims that one test of a token reads; where nothing would start any of those now, it reads on, up to
    /// `lockLineRead`.
    package static let lockConflictsRead = 50
    /// Waiting requests of a key that are read at a time.
    package static let lockQueuePage = 16
    /// Waiting requests of a key among which those are looked for that may start now.
    package static let lockLineRead = 1024
    /// Requests that the search for a lock cycle looks at.
    package static let waitGraphNodes = 1000
    /// Candidates that one dispatch pass looks at.
    package static let dispatchCandidates = 1000
}
