/// Every row of the event × state table (runtime §2.1). The raw value is the row's name in the documentation.
package enum RequestEventKind: String, CaseIterable, Hashable, Sendable {
    // Asked for through the API.
    case cancel
    case forceCancel
    case hold
    case release
    case delete
    case patch
    case refresh
    case replaceSchedule
    case controlSchedule
    case changePriority
    case recoverRetry
    case recoverError
    case recoverCancelled
    case complete
    case subscribe
    case submitSubRequest
    case reportSuccess
    case reportWarning
    case reportError
    case reportBusinessError
    case reportCancel
    case reportPause
    case reportSuspend
    case reportUpdate
    case checkIn

    // Found by the system.
    case validated
    case invalid
    case definitionDeleted
    case dueWithoutSlot
    case locksNotFree
    case locksFree
    case start
    case userUnusable
    case lockCycle
    case expired
    case preProcessProceed
    case preProcessDelay
    case preProcessCancel
    case preProcessSystemError
    case preProcessBusinessError
    case asynchronousStartAccepted
    case executableReturned
    case executablePaused
    case executableSystemError
    case executableBusinessError
    case executableCancelled
    case executableWantsRecovery
    case attemptEndedByServer
    case postProcessProceed
    case postProcessWarn
    case postProcessError
    case postProcessCancel
    case postProcessDelay
    case retryDue
    case timeoutMark
    case timeoutCancel
    case timeoutFail
    case lastSubRequestEnded
    case resume
    case parentEndedUnpaused
    case nodeLostExecuting
    case nodeLostWaiting
    case stepsSucceeded
    case stepsFailed
    case stepsCancelled
    case noFurtherInstant
    case lastChildEnded

    package var isFromAPI: Bool { RequestTransition.row(self).refusal != nil }
}
