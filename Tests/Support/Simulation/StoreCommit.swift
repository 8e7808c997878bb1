package import SchedulerCore

/// What a store has just committed, whether or not its caller learns of it.
package enum StoreCommit: Sendable {
    case submission(JobRequest, Submission, audit: AuditEntry?)
    case commands([RequestCommand], [CommandResult])
    case claim(Claim, ClaimResult)
    case timers([CommandResult])
    case sweep(LockSweep)
    case record(AuditRecord)
    case join(NodeRecord, lease: Duration, over: NodeID?, JoinOutcome)
    case renewal(NodeID, lease: Duration, NodeStanding)
    case leave(NodeID)
    case quiescence(Bool, QuiesceTarget, audit: AuditEntry?)
    case lead(LeaderRole, NodeID, lease: Duration, LeaderTerm?)
}
