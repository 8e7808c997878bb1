/// What happens to instants that have passed before they were made (runtime §5.3).
package enum CatchUpPolicy: String, CaseIterable, Hashable, Sendable {
    /// Each is made in its turn.
    case all
    /// Only the last is made.
    case latest
    /// They are skipped.
    case none

    /// The policy in force: `executePast` of the submission, then the schedule's own, then `SYS_executePast`, then
    /// `all`.
    package static func effective(
        executePast: Bool?,
        schedule: CatchUpPolicy?,
        systemExecutePast: Bool?
    ) -> CatchUpPolicy {
        if let executePast { return CatchUpPolicy(executePast: executePast) }
        if let schedule { return schedule }
        return systemExecutePast.map { CatchUpPolicy(executePast: $0) } ?? .all
    }

    package init(executePast: Bool) { self = executePast ? .all : .none }
}
