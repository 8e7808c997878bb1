package import SchedulerCore

/// What a store has just committed, whether or not its caller learns of it.
package enum StoreCommit: Sendable {
    case submission(JobRequest, Submission, audit: AuditEntry?)
    case commands([RequestCommand], [CommandResult])
    case claim(Claim, ClaimResult)
    case timers([CommandResult])
    case sweep(after: RequestID?, LockSweep)
    case record(AuditRecord)
    case join(NodeRecord, lease: Duration, over: NodeID?, JoinOutcome)
    case renewal(NodeID, lease: Duration, NodeStanding)
    case leave(NodeID)
    case quiescence(Bool, QuiesceTarget, audit: AuditEntry?)
    case lead(LeaderRole, NodeID, lease: Duration, LeaderTerm?)

    /// Whether all that wait in the lock table have been tested anew.
    var isWholeSweep: Bool {
        if case .sweep(let after, let sweep) = self { after == nil && sweep.last == nil } else { false }
    }
}
