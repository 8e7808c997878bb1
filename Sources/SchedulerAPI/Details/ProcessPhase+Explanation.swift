import SchedulerCore

extension ProcessPhase {
    /// The phase in words, member `processPhaseDescription`.
    var explanation: String {
        switch self {
        case .undefined: "No phase is defined for the request"
        case .unknown: "The phase of the request is unknown"
        case .initial: "The request was created"
        case .jobSetInitial: "The job set request was created"
        case .jobSetExecuteStepsWait: "The steps of the job set run"
        case .preProcessStart: "Pre-processing was started"
        case .preProcessDelayed: "Pre-processing asked to be called again later"
        case .preProcessComplete: "Pre-processing is over"
        case .processSetupReady: "Directories and environment of the process are ready"
        case .executeInitiate: "The job is about to be started"
        case .executeInitiateComplete: "The job was started and runs"
        case .executeAsyncWait: "The asynchronous job was started and its response is awaited"
        case .executeAsyncReceived: "The final response of the asynchronous job was received"
        case .executePaused: "The job is suspended or about to be resumed"
        case .executePausedWaitForSubreq: "The job is paused and waits for its sub-requests"
        case .executeFinalize: "The job has ended and its output is being stored"
        case .executeFinalizeAsync: "The asynchronous job has ended and its output is being stored"
        case .executeFinalizeComplete: "The job has ended and its output is stored"
        case .processExecuteComplete: "The execution is complete"
        case .postExecuteStart: "The work after the execution was started"
        case .postExecuteWaitForSubreq: "The work after the execution waits for sub-requests"
        case .postExecuteComplete: "The work after the execution is complete"
        case .postExecuteTerminalComplete: "The work after the execution is complete for good"
        case .postProcessStart: "Post-processing was started"
        case .postProcessDelayed: "Post-processing asked to be called again later"
        case .postProcessComplete: "Post-processing is over"
        case .complete: "The request has ended"
        }
    }
}
