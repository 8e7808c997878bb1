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
    case purgeBegun(PurgeRun)
    case purgeAdvanced(PurgeProgress, limit: Int)
    case removal([RequestID], deletedUntil: Timestamp, count: Int)

    var isRemoval: Bool { if case .removal = self { true } else { false } }

    /// Whether all that wait in the lock table have been tested anew.
    var isWholeSweep: Bool {
        if case .sweep(let after, let sweep) = self { after == nil && sweep.last == nil } else { false }
    }
}
