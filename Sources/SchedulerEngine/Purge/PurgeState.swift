import SchedulerCore

/// What the loop knows beside the store: how fast it goes, and how far it has come with tidying up.
struct PurgeState: Sendable {
    var marking = AdaptedPace()
    var removal = AdaptedPace()
    var audit = AdaptedPace()
    var calls = AdaptedPace()
    /// When content, audit trail and calls are looked at next, in monotonic time; nil until the first pass.
    var nextTidying: Duration?
    /// The last content that was compared.
    var lastContent: RequestID?
    var isAuditDone = false
    var areCallsDone = false

    /// How long until there is something to tidy up.
    mutating func tidyPause(at now: Duration) -> Duration {
        let next = nextTidying ?? now + PurgeLoop.firstTidyPause
        nextTidying = next
        return next - now
    }

    mutating func endTidying(at now: Duration) {
        nextTidying = now + PurgeLoop.tidyPause
        lastContent = nil
        isAuditDone = false
        areCallsDone = false
    }
}

/// A pace that follows a changed `purge.batchSize`.
struct AdaptedPace: Sendable {
    private var batchSize = 0
    private var pace = PurgePace(batchSize: 1)

    mutating func limit(_ batchSize: Int) -> Int {
        if batchSize != self.batchSize {
            self.batchSize = batchSize
            pace = PurgePace(batchSize: batchSize)
        }
        return pace.limit
    }

    mutating func note(_ count: Int, elapsed: Duration, answer: Duration) -> Duration {
        pace.note(count, elapsed: elapsed, answer: answer)
    }
}
