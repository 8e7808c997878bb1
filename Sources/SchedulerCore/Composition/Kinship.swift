/// What a request keeps of its relatives, so that no decision has to look at all of them (runtime §2.2, §5.3, §6).
///
/// `CommandInterpreter` keeps it true in the transaction of each change. A request without relatives has the value
/// of `init()`, which takes no room in a store.
package struct Kinship: Hashable, Sendable {
    // MARK: Of those below

    /// Children that are not terminal.
    package var liveChildren = 0
    /// Instances of a recurring parent that have started and are not terminal.
    package var activeInstances = 0
    /// Instances of a recurring parent that wait for the end of the active ones.
    package var gatedInstances = 0
    package var newestChild: RequestID?
    /// The instance of a recurring parent that is scheduled, pending and never ran (runtime §5.3); nil if none is.
    package var nextInstance: RequestID?
    /// Last instant that was decided: made or skipped.
    package var cursor: Timestamp?
    package var overlap: OverlapPolicy = .defer
    /// How the steps of a job set have ended so far, in the present attempt.
    package var tally: StepTally?

    // MARK: Of itself

    /// Requests above this one.
    package var depth = 0
    /// Attempt of the instance parent in which this request was made; 0 = it is its own, or has none.
    package var instanceParentAttempt = 0
    /// Why it may not start although it is due; nil while nothing of its family stands in the way.
    package var gate: StartGate?
    /// Of an instance: whether it counts among the active ones of its parent.
    package var isActiveInstance = false
    /// On a sub-request the round it belongs to, on its parent that of its newest pause: 1, 2, …; 0 = none.
    package var round = 0
    /// Whether it has tokens, or waits for them.
    package var lockStanding = LockStanding.none
    /// Who hears of its events.
    package var audience = EventAudience()

    package init() {}
}

/// What a request waits for although it is due.
package enum StartGate: String, CaseIterable, Hashable, Sendable {
    /// An earlier instance of its parent lives (diagnosis DEFERRED).
    case earlierInstance
    /// Its parent has not paused for it yet (diagnosis PARENT_PAUSE_WAIT).
    case parentPause
    /// All slots of its definition are taken (diagnosis CONCURRENCY_LIMIT).
    case slot
}
