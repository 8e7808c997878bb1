/// Where in its life a request stands, finer than the state (runtime §1.3, REST §4.2).
package enum ProcessPhase: String, CaseIterable, Hashable, Sendable {
    case undefined = "Undefined"
    case unknown = "Unknown"
    case initial = "Initial"
    case jobSetInitial = "JobSetInitial"
    case jobSetExecuteStepsWait = "JobSetExecuteStepsWait"
    case preProcessStart = "PreProcessStart"
    case preProcessDelayed = "PreProcessDelayed"
    case preProcessComplete = "PreProcessComplete"
    case processSetupReady = "ProcessSetupReady"
    case executeInitiate = "ExecuteInitiate"
    case executeInitiateComplete = "ExecuteInitiateComplete"
    case executeAsyncWait = "ExecuteAsyncWait"
    case executeAsyncReceived = "ExecuteAsyncReceived"
    case executePaused = "ExecutePaused"
    case executePausedWaitForSubreq = "ExecutePausedWaitForSubreq"
    case executeFinalize = "ExecuteFinalize"
    case executeFinalizeAsync = "ExecuteFinalizeAsync"
    case executeFinalizeComplete = "ExecuteFinalizeComplete"
    case processExecuteComplete = "ProcessExecuteComplete"
    case postExecuteStart = "PostExecuteStart"
    case postExecuteWaitForSubreq = "PostExecuteWaitForSubreq"
    case postExecuteComplete = "PostExecuteComplete"
    case postExecuteTerminalComplete = "PostExecuteTerminalComplete"
    case postProcessStart = "PostProcessStart"
    case postProcessDelayed = "PostProcessDelayed"
    case postProcessComplete = "PostProcessComplete"
    case complete = "Complete"

    /// Position in declaration order: the number that stores keep.
    package var code: Int { Self.codes[self] ?? 0 }

    package init?(code: Int) {
        guard Self.allCases.indices.contains(code) else { return nil }
        self = Self.allCases[code]
    }

    private static let codes: [ProcessPhase: Int] = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
}
