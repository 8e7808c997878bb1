import SchedulerCore

extension LifecycleDocument {
    /// Two letters for a state, as in the specification.
    static func letters(_ state: RequestState) -> String {
        switch state {
        case .wait: "WT"
        case .ready: "RD"
        case .running: "RU"
        case .completed: "CO"
        case .blocked: "BL"
        case .hold: "HO"
        case .cancelling: "CG"
        case .expired: "EX"
        case .cancelled: "CD"
        case .error: "ER"
        case .warning: "WA"
        case .succeeded: "SU"
        case .paused: "PA"
        case .pendingValidation: "PV"
        case .validationFailed: "VF"
        case .scheduleEnded: "SE"
        case .finished: "FI"
        case .errorAutoRetry: "AR"
        case .errorManualRecovery: "MR"
        }
    }

    static func meaning(_ state: RequestState) -> String {
        switch state {
        case .wait: "waits for its time or for dispatch"
        case .ready: "due, waits for a thread or slot"
        case .running: "its executable works, or its answer is awaited"
        case .completed: "the executable is done, post-processing is not"
        case .blocked: "an incompatible request is in the way"
        case .hold: "held until somebody releases it"
        case .cancelling: "cancel asked, the end awaited"
        case .expired: "not started in time"
        case .cancelled: "ended by a cancel, or by the executable as cancelled"
        case .error: "failed for good"
        case .warning: "succeeded with a warning"
        case .succeeded: "succeeded"
        case .paused: "waits for sub-requests, or suspended itself"
        case .pendingValidation: "not, or no longer, validated"
        case .validationFailed: "what it names does not exist or does not fit"
        case .scheduleEnded: "recurring parent: no more instances, children live"
        case .finished: "recurring parent: it and all children have ended"
        case .errorAutoRetry: "failed, will be tried again"
        case .errorManualRecovery: "its outcome must be decided by hand"
        }
    }

    static func title(_ event: RequestEventKind) -> String {
        switch event {
        case .cancel: "cancel"
        case .forceCancel: "forceCancel"
        case .hold: "hold"
        case .release: "release"
        case .delete: "delete"
        case .patch: "PATCH of parameters or times"
        case .refresh: "refresh"
        case .replaceSchedule: "PATCH of the schedule"
        case .controlSchedule: "schedule skip, runNow, end"
        case .changePriority: "priority"
        case .recoverRetry: "recover RETRY"
        case .recoverError: "recover ERROR"
        case .recoverCancelled: "recover CANCELLED"
        case .complete: "complete"
        case .subscribe: "subscribe"
        case .submitSubRequest: "submit a sub-request"
        case .reportSuccess: "report SUCCESS"
        case .reportWarning: "report WARNING"
        case .reportError: "report ERROR"
        case .reportBusinessError: "report BUSINESS_ERROR"
        case .reportCancel: "report CANCEL"
        case .reportPause: "report PAUSE"
        case .reportSuspend: "report SUSPEND"
        case .reportUpdate: "report UPDATE"
        case .checkIn: "check-in"
        default: systemTitle(event)
        }
    }

    private static func systemTitle(_ event: RequestEventKind) -> String {
        switch event {
        case .validated: "validated"
        case .invalid: "invalid"
        case .definitionDeleted: "definition deleted by force"
        case .dueWithoutSlot: "due, no thread or slot"
        case .locksNotFree: "due, locks not free"
        case .locksFree: "its locks are free again"
        case .start: "start"
        case .userUnusable: "user unusable at start"
        case .lockCycle: "lock cycle"
        case .expired: "expiration reached"
        case .preProcessProceed: "pre-process PROCEED, WARN"
        case .preProcessDelay: "pre-process DELAY"
        case .preProcessCancel: "pre-process CANCEL"
        case .preProcessSystemError: "pre-process SYSTEM_ERROR or failed"
        case .preProcessBusinessError: "pre-process BIZ_ERROR"
        case .asynchronousStartAccepted: "asynchronous start accepted"
        case .executableReturned: "executable returns or warns"
        case .executablePaused: "executable pauses"
        case .executableSystemError: "executable: system error"
        case .executableBusinessError: "executable: business error"
        case .executableCancelled: "executable cancelled itself"
        case .executableWantsRecovery: "executable asks for manual recovery"
        case .attemptEndedByServer: "attempt ended by the server"
        case .postProcessProceed: "post-process PROCEED"
        case .postProcessWarn: "post-process WARN"
        case .postProcessError: "post-process error"
        case .postProcessCancel: "post-process CANCEL"
        case .postProcessDelay: "post-process DELAY"
        case .retryDue: "retry due"
        case .timeoutMark: "timeout, action mark"
        case .timeoutCancel: "timeout, action cancel"
        case .timeoutFail: "timeout, action fail"
        case .lastSubRequestEnded: "last sub-request ended"
        case .resume: "resume"
        case .parentEndedUnpaused: "parent ended unpaused"
        case .nodeLostExecuting: "node lost, code running"
        case .nodeLostWaiting: "node lost, waiting or paused"
        case .stepsSucceeded: "steps ended: SUCCEEDED, WARNING"
        case .stepsFailed: "steps ended: ERROR"
        case .stepsCancelled: "steps ended: CANCELLED"
        case .noFurtherInstant: "no further instant"
        case .lastChildEnded: "last child ended"
        default: preconditionFailure("\(event) has no title")
        }
    }

    /// Refusals that more than the state decides.
    static let otherRefusals: Set<ErrorCode> = [1014, 1015, 1017, 1051]

    static func refusal(_ code: ErrorCode) -> String {
        switch code.number {
        case 1010: "cancel needs a non-terminal state"
        case 1011: "hold needs WAIT or READY"
        case 1012: "release needs HOLD"
        case 1013: "forceCancel needs CANCELLING"
        case 1014: "CANCELLING, but no asynchronous answer is awaited"
        case 1015: "too early for forceCancel; the message names the first instant"
        case 1016: "delete needs a terminal state"
        case 1017: "a child cannot be deleted"
        case 1018: "cannot be updated in this state"
        case 1020: "too late for a callback"
        case 1022: "does not wait for this report"
        case 1023: "the parent of a sub-request must be RUNNING"
        case 1025: "cannot be reprioritised in this state"
        case 1026: "cannot be recovered in this state"
        case 1027: "cannot be completed by hand in this state"
        case 1028: "cannot be refreshed in this state"
        case 1029: "cannot be rescheduled that way in this state"
        case 1051: "409: changed by another operation meanwhile"
        case 1052: "409: the attempt of the handle is over"
        default: preconditionFailure("\(code) has no meaning here")
        }
    }

    /// The main paths as a diagram; every arrow must be a cell of the table.
    static func diagram() -> String {
        let arrows: [(RequestState, RequestState, String)] = [
            (.wait, .ready, "due, no thread"), (.wait, .running, "start"), (.ready, .running, "start"),
            (.wait, .hold, "hold"), (.hold, .wait, "release"), (.wait, .expired, "too late"),
            (.wait, .cancelled, "cancel"), (.running, .completed, "success, warning"), (.completed, .succeeded, ""),
            (.completed, .warning, ""), (.running, .error, "error"), (.running, .errorAutoRetry, "system error"),
            (.errorAutoRetry, .wait, "retry due"), (.running, .errorManualRecovery, "outcome unknown"),
            (.errorManualRecovery, .wait, "recover"), (.running, .paused, "pause, suspend"),
            (.paused, .running, "resume"), (.running, .cancelling, "cancel"), (.paused, .cancelling, "cancel"),
            (.cancelling, .cancelled, "ended, forceCancel"), (.cancelling, .error, "error"),
        ]
        let lines = arrows.map { source, target, label in
            precondition(
                RequestTransition.table.contains { $0.cells[source]?.contains(target) ?? false },
                "no cell leads from \(source) to \(target)"
            )
            return "    \(source.rawValue) --> \(target.rawValue)" + (label.isEmpty ? "" : ": \(label)")
        }
        return """
            ```mermaid
            stateDiagram-v2
                [*] --> WAIT: submit
            \(lines.joined(separator: "\n"))
            ```
            """
    }
}
