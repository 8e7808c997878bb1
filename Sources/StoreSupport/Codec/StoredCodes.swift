package import SchedulerCore

/// The numbers of all enumerations in the database. New values go to the end of their list.
package enum StoredCodes {
    package static let requestTypes = CodeTable<RequestType>([
        .singleton, .recurParent, .recurChild, .jobSetSingleton, .jobSetStep, .jobSetRecurParent, .jobSetRecurChild,
        .subRequest,
    ])
    package static let executors = CodeTable<ExecutorKind>([
        .process, .http, .soapSynchronous, .soapAsynchronous, .soapOneway, .sql, .swift,
    ])
    package static let errorTypes = CodeTable<ErrorType>([
        .system, .business, .timeout, .mixedNonBusiness, .mixedBusiness,
    ])
    package static let handleStatuses = CodeTable<HandleStatus>([.none, .live, .closed, .dead])
    package static let reportStatuses = CodeTable<ReportStatus>([
        .success, .warning, .error, .businessError, .cancel, .pause, .suspend, .update,
    ])
    package static let timeoutActions = CodeTable<ExecutionPolicy.TimeoutAction>([.mark, .cancel, .fail])
    package static let nodeLostActions = CodeTable<ExecutionPolicy.NodeLostAction>([.retry, .manualRecovery])
    package static let parameterTypes = CodeTable<ParameterType>([.boolean, .long, .integer, .dateTime, .string])
    package static let auditOutcomes = CodeTable<AuditRecord.Outcome>([.ok, .denied, .failed])

    // States, causes and phases are numbered by the core itself.
    package static let causes = CodeTable<Cause>(Cause.allCases)
    package static let phases = CodeTable<ProcessPhase>(ProcessPhase.allCases)

    package static let events = CodeTable<RequestEventKind>([
        .cancel, .forceCancel, .hold, .release, .delete, .patch, .refresh, .replaceSchedule, .controlSchedule,
        .changePriority, .recoverRetry, .recoverError, .recoverCancelled, .complete, .subscribe, .submitSubRequest,
        .reportSuccess, .reportWarning, .reportError, .reportBusinessError, .reportCancel, .reportPause,
        .reportSuspend, .reportUpdate, .checkIn, .validated, .invalid, .definitionDeleted, .dueWithoutSlot,
        .locksTaken, .locksFree, .start, .userUnusable, .lockCycle, .expired, .preProcessProceed, .preProcessDelay,
        .preProcessCancel, .preProcessSystemError, .preProcessBusinessError, .asynchronousStartAccepted,
        .executableReturned, .executablePaused, .executableSystemError, .executableBusinessError,
        .executableCancelled, .executableWantsRecovery, .attemptEndedByServer, .postProcessProceed,
        .postProcessWarn, .postProcessError, .postProcessCancel, .postProcessDelay, .retryDue, .timeoutMark,
        .timeoutCancel, .timeoutFail, .lastSubRequestEnded, .resume, .parentEndedUnpaused, .nodeLostExecuting,
        .nodeLostWaiting, .stepsSucceeded, .stepsFailed, .stepsCancelled, .noFurtherInstant, .lastChildEnded,
    ])

    package static func state(_ code: Int64) throws(StoreFault) -> RequestState {
        guard code >= 0, code < Int64(states.count), let state = states[Int(code)] else {
            throw StoreFault("the database holds the unknown number \(code) for a state")
        }
        return state
    }

    package static func state(_ code: Int64?) throws(StoreFault) -> RequestState? {
        guard let code else { return nil }
        return try state(code)
    }

    /// By number; the one without a state is never stored.
    private static let states: [RequestState?] = (0...RequestState.allCases.count).map { RequestState(code: $0) }
}
