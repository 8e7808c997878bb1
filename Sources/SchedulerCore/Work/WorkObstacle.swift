/// Why a node does not start a request by its work plan now (runtime §10).
package enum WorkObstacle: Hashable, Sendable {
    /// No assignment that the node works for accepts it; with those that would, or that have it for themselves.
    case noBoundAssignment(accepting: [MetadataObjectID])
    /// The assignment, or its binding to the node, is switched off.
    case disabled(MetadataObjectID)
    /// No shift of the assignment is on; with the one that begins first, and when. Nil = none will.
    case inactive(MetadataObjectID, workshift: MetadataObjectID?, nextWindow: Timestamp?)
    /// All that may run at once under the assignment runs; nil = the default assignment.
    case noFreeThread(MetadataObjectID?, threads: Int, inUse: Int)
    /// As many jobs of its kind run in the cluster as the shift allows.
    case asyncLimit(WorkSlot, limit: Int, inUse: Int)

    package var code: WorkObstacleCode {
        switch self {
        case .noBoundAssignment: .noBoundWorkAssignment
        case .disabled: .disabledWorkAssignment
        case .inactive: .inactiveWorkAssignmentWait
        case .asyncLimit: .asyncLimit
        case .noFreeThread: .noFreeThread
        }
    }
}

/// Diagnostic codes of work assignments, in the order in which a diagnosis tells them.
package enum WorkObstacleCode: String, CaseIterable, Hashable, Sendable {
    case noBoundWorkAssignment = "NO_BOUND_WORK_ASSIGNMENT"
    case disabledWorkAssignment = "DISABLED_WORK_ASSIGNMENT"
    case inactiveWorkAssignmentWait = "INACTIVE_WORK_ASSIGNMENT_WAIT"
    case asyncLimit = "ASYNC_LIMIT"
    case noFreeThread = "NO_FREE_THREAD"
}
