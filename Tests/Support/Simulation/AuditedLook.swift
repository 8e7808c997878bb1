import SchedulerCore

/// What a node has seen when it last looked for what starves.
struct AuditedLook {
    let time: Timestamp
    let threshold: Duration
    /// READY, in nobody's way but for threads, and for this node.
    let seen: Set<RequestID>
}
