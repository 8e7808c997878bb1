import SchedulerCore

/// What the auditor itself knows of trees: what their roots were submitted with, and what their schedules have given.
struct AuditedTrees {
    /// Of roots.
    var submissions: [RequestID: Submission] = [:]
    /// Of recurring parents.
    var schedules: [RequestID: AuditedSchedule] = [:]
    /// The recurring parent of which the present commit must make an instance beside its schedule.
    var extraOf: RequestID?
    /// How often runs have met with what.
    var counts: [FamilyEvent: Int] = [:]
}

/// What runs should have seen.
package enum FamilyEvent: String, CaseIterable, Hashable, Sendable {
    case deferred, overlapSkipped, overlapExpired, previousCancelled, heldSchedule
    case caughtUpAll, caughtUpLatest, caughtUpNone, scheduleFinished, scheduleCancelled, refreshed
    case scheduleReplaced, timesReplaced, heldReplaced, replacementRefused, oldInstanceWentOn, previewKept
    case instanceSkipped, skippedUnmade, skippedToEnd, ranNow, ranNowHeld, ranBeside, endedByHand
    case setSucceeded, setWarned, setFailed, setRetried, setCancelledByStep, mixedError, selected, nested, errorLink
    case subRequestStarted, roundEnded, emptyPause, neverStarted, subRequestOfSubRequest, deletedTree
    case purged, purgedInParts, purgeKept, purgeCounted, purgeLimited, removedTree, removedInParts
    case preProcessed, preDelayed, postProcessTaken, postDelayed, calloutRepeated
}

extension Auditor.State {
    mutating func count(_ event: FamilyEvent) { trees.counts[event, default: 0] += 1 }
}

/// The requests of one tree before and after a commit.
struct TreeView {
    let before: [RequestID: JobRequest]
    let after: MemoryContent
    /// In order of their numbers.
    let members: [JobRequest]
    private let families: [RequestID: [JobRequest]]

    init(root: RequestID, before: [RequestID: JobRequest], after: MemoryContent) {
        self.before = before
        self.after = after
        members = after.requests.values.filter { $0.lineage.absParentID == root }.sorted { $0.id < $1.id }
        families = Dictionary(grouping: members.filter { $0.lineage.parentID != nil }) { $0.lineage.parentID ?? $0.id }
    }

    /// In order of their numbers.
    func children(of request: JobRequest) -> [JobRequest] { families[request.id] ?? [] }

    func liveChildren(of request: JobRequest) -> [JobRequest] {
        children(of: request).filter { !$0.state.isTerminal }
    }

    /// What the commit has added to the history.
    func newSteps(of request: JobRequest, _ content: MemoryContent) -> ArraySlice<TransitionStep> {
        (after.history[request.id] ?? []).dropFirst(content.history[request.id]?.count ?? 0)
    }
}
