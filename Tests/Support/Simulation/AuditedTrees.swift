import SchedulerCore

/// What the auditor itself knows of trees: what their roots were submitted with, and what their schedules have given.
struct AuditedTrees {
    /// Of roots.
    var submissions: [RequestID: Submission] = [:]
    /// Of recurring parents.
    var schedules: [RequestID: AuditedSchedule] = [:]
    /// How often runs have met with what.
    var counts: [FamilyEvent: Int] = [:]
}

/// A recurring parent as the auditor sees it; instants are whole seconds.
struct AuditedSchedule {
    var naive: NaiveSchedule
    let overlap: OverlapPolicy
    let catchUp: CatchUpPolicy
    /// The last instant decided; nil before the first one.
    var cursor: Int64?

    init(_ schedule: JobSchedule, _ catchUp: CatchUpPolicy, start: Timestamp, end: Timestamp?) {
        naive = NaiveSchedule(schedule, start: start, end: end)
        overlap = schedule.overlap
        self.catchUp = catchUp
    }

    /// I32, I36, I37, I38: the only instant that may be made now; nil if none follows.
    mutating func expected(now: Timestamp) -> Int64? {
        let cursor = cursor ?? .min
        let present = NaiveSchedule.present(now)
        guard let first = naive.next(after: cursor) else { return nil }
        guard first < present, catchUp != .all else { return first }
        if catchUp == .latest { return naive.instants(through: present - 1).last }
        return naive.next(after: present - 1)
    }
}

/// What runs should have seen.
package enum FamilyEvent: String, CaseIterable, Hashable, Sendable {
    case deferred, overlapSkipped, overlapExpired, previousCancelled, heldSchedule
    case caughtUpAll, caughtUpLatest, caughtUpNone, scheduleFinished, scheduleCancelled
    case setSucceeded, setWarned, setFailed, setRetried, setCancelledByStep, mixedError, selected, nested, errorLink
    case subRequestStarted, roundEnded, emptyPause, neverStarted, subRequestOfSubRequest, deletedTree
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
