package import SchedulerCore

/// What a store has just committed, whether or not its caller learns of it.
package enum StoreCommit: Sendable {
    case submission(JobRequest, Submission, audit: AuditEntry?)
    case commands([RequestCommand], [CommandResult])
    case claim(Claim, ClaimResult)
    case timers([CommandResult])
    case record(AuditRecord)
    /// Nodes came or went: no request has changed.
    case membership
}
