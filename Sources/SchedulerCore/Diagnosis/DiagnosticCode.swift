/// Why a request does not go on, in the order in which a diagnosis tells them (runtime §10). Raw values are the names
/// on the wire.
package enum DiagnosticCode: String, CaseIterable, Hashable, Sendable {
    case onHold = "ON_HOLD"
    case validationWait = "VALIDATION_WAIT"
    case parentPauseWait = "PARENT_PAUSE_WAIT"
    case futureStart = "FUTURE_START"
    case retryDelay = "RETRY_DELAY"
    case preprocessDelay = "PREPROCESS_DELAY"
    case deferred = "DEFERRED"
    case noApplication = "NO_APPLICATION"
    case noLogicalCluster = "NO_LOGICAL_CLUSTER"
    case requestedProcessorDown = "REQUESTED_PROCESSOR_DOWN"
    case noActiveServer = "NO_ACTIVE_SERVER"
    case dispatcherStopped = "DISPATCHER_STOPPED"
    case dispatcherFailed = "DISPATCHER_FAILED"
    case processorStopped = "PROCESSOR_STOPPED"
    case quiesced = "QUIESCED"
    case noBoundWorkAssignment = "NO_BOUND_WORK_ASSIGNMENT"
    case disabledWorkAssignment = "DISABLED_WORK_ASSIGNMENT"
    case inactiveWorkAssignmentWait = "INACTIVE_WORK_ASSIGNMENT_WAIT"
    case blocked = "BLOCKED"
    case concurrencyLimit = "CONCURRENCY_LIMIT"
    case asyncLimit = "ASYNC_LIMIT"
    case noFreeThread = "NO_FREE_THREAD"
    case subRequestWait = "SUBREQUEST_WAIT"
    case childWait = "CHILD_WAIT"
    case asyncWait = "ASYNC_WAIT"
    case cancelWait = "CANCEL_WAIT"
    case postprocessDelay = "POSTPROCESS_DELAY"
    case manualRecovery = "MANUAL_RECOVERY"
    /// It executes, or starts at the next pass.
    case nothing = "NONE"

    /// Place in the order of the table.
    package var place: Int { Self.places[self] ?? 0 }

    private static let places: [DiagnosticCode: Int] = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
}
