import SchedulerCore

extension Cause {
    /// The cause in words, member `causeDescription`; that of NON_TERMINAL is the text of Oracle's servers (REST §3.5).
    var explanation: String {
        switch self {
        case .nonTerminal: "Request in non-terminal state"
        case .requestExpired: "The request expired before it could start"
        case .requestLoginError: "The submitter or the run-as user is disabled"
        case .requestAuthorizationFailed: "The user lost the right to execute the job definition"
        case .systemError: "The server could not start or finish the request"
        case .validationError: "The request did not pass validation"
        case .metadataNotFound: "A metadata object of the request no longer exists"
        case .operatorCancel: "The request was cancelled"
        case .recoverCancel: "The request was cancelled while it waited for manual recovery"
        case .recoverGroupCancel: "The request was cancelled with the recovery of its group"
        case .parentNotPaused: "The parent request ended without pausing for this sub-request"
        case .processWarning: "The job ended with a warning"
        case .processError: "The job ended with an error"
        case .processCancel: "The job reported that it was cancelled"
        case .processSuccess: "The job ended successfully"
        case .processSystemError: "The job ended with a system error"
        case .processBusinessError: "The job ended with a business error"
        case .processTimedOut: "The job ran longer than its time limit"
        case .processUnknownStatus: "The answer of the job was not understood"
        case .processRecover: "The request was completed by hand"
        case .processManualRecoverError: "The error was decided by hand after the job had asked for manual recovery"
        case .processManualRecoverErrorFinalize: "The error was decided by hand while the job was being finished"
        case .processSuspend: "The job suspended itself"
        case .processKilled: "The process was ended by a signal that the server did not send"
        case .postProcessSystemError: "Post-processing ended with a system error"
        case .postProcessCancel: "Post-processing asked to cancel the request"
        case .postProcessWarning: "Post-processing ended with a warning"
        case .postProcessError: "Post-processing failed or its answer was not understood"
        case .postProcessBusinessError: "Post-processing ended with a business error"
        case .processUpdateWarning: "The update of the job ended with a warning"
        case .processUpdateError: "The update of the job ended with an error"
        case .processUpdateCancel: "The update of the job asked to cancel the request"
        case .processUpdateBusinessError: "The update of the job ended with a business error"
        case .manualRecoverError: "The error was decided by hand after the node of the job was lost"
        case .preProcessSystemError: "Pre-processing ended with a system error"
        case .preProcessCancel: "Pre-processing ended while the request was being cancelled"
        case .preProcessInitiateCancel: "Pre-processing asked to cancel the request"
        case .preProcessError: "Pre-processing failed or its answer was not understood"
        case .preProcessBusinessError: "Pre-processing ended with a business error"
        }
    }
}

extension ErrorType {
    /// The kind of the error in words, member `errorTypeDescription`.
    var explanation: String {
        switch self {
        case .system: "System error"
        case .business: "Business error"
        case .timeout: "Time limit exceeded"
        case .mixedNonBusiness: "Steps failed with different errors, none of them a business error"
        case .mixedBusiness: "Steps failed with different errors, at least one of them a business error"
        }
    }
}
