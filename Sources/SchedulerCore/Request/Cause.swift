/// Why a request is in its terminal state; `nonTerminal` before (runtime §1.4, REST §4.2).
package enum Cause: String, CaseIterable, Hashable, Sendable {
    case nonTerminal = "NON_TERMINAL"
    case requestExpired = "REQUEST_EXPIRED"
    case requestLoginError = "REQUEST_LOGIN_ERROR"
    case requestAuthorizationFailed = "REQUEST_AUTHORIZATION_FAILED"
    case systemError = "SYSTEM_ERROR"
    case validationError = "VALIDATION_ERROR"
    case metadataNotFound = "METADATA_NOT_FOUND"
    case operatorCancel = "OPERATOR_CANCEL"
    case recoverCancel = "RECOVER_CANCEL"
    case recoverGroupCancel = "RECOVER_GROUP_CANCEL"
    case parentNotPaused = "PARENT_NOT_PAUSED"
    case processWarning = "PROCESS_WARNING"
    case processError = "PROCESS_ERROR"
    case processCancel = "PROCESS_CANCEL"
    case processSuccess = "PROCESS_SUCCESS"
    case processSystemError = "PROCESS_SYSTEM_ERROR"
    case processBusinessError = "PROCESS_BIZ_ERROR"
    case processTimedOut = "PROCESS_TIMED_OUT"
    case processUnknownStatus = "PROCESS_UNKNOWN_STATUS"
    case processRecover = "PROCESS_RECOVER"
    case processManualRecoverError = "PROCESS_MANUAL_RECOVER_ERROR"
    case processManualRecoverErrorFinalize = "PROCESS_MANUAL_RECOVER_ERROR_FINALIZE"
    case processSuspend = "PROCESS_SUSPEND"
    case processKilled = "PROCESS_KILLED"
    case postProcessSystemError = "POSTPROCESS_SYSTEM_ERROR"
    case postProcessCancel = "POSTPROCESS_CANCEL"
    case postProcessWarning = "POSTPROCESS_WARNING"
    case postProcessError = "POSTPROCESS_ERROR"
    case postProcessBusinessError = "POSTPROCESS_BIZ_ERROR"
    case processUpdateWarning = "PROCESS_UPDATE_WARNING"
    case processUpdateError = "PROCESS_UPDATE_ERROR"
    case processUpdateCancel = "PROCESS_UPDATE_CANCEL"
    case processUpdateBusinessError = "PROCESS_UPDATE_BIZ_ERROR"
    case manualRecoverError = "MANUAL_RECOVER_ERROR"
    case preProcessSystemError = "PREPROCESS_SYSTEM_ERROR"
    case preProcessCancel = "PREPROCESS_CANCEL"
    case preProcessInitiateCancel = "PREPROCESS_INITIATE_CANCEL"
    case preProcessError = "PREPROCESS_ERROR"
    case preProcessBusinessError = "PREPROCESS_BIZ_ERROR"

    /// Position in declaration order: the number that stores keep.
    package var code: Int { Self.codes[self] ?? 0 }

    package init?(code: Int) {
        guard Self.allCases.indices.contains(code) else { return nil }
        self = Self.allCases[code]
    }

    private static let codes: [Cause: Int] = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
}

/// Kind of an error, present only in ERROR (runtime §1.5).
package enum ErrorType: String, CaseIterable, Hashable, Sendable {
    case system = "SYSTEM"
    case business = "BUSINESS"
    case timeout = "TIMEOUT"
    case mixedNonBusiness = "MIXED_NON_BUSINESS"
    case mixedBusiness = "MIXED_BUSINESS"
}
