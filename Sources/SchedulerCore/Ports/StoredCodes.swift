/// The numbers of all enumerations in the database, the same in every store. New values go to the end of their list,
/// and nothing else ever changes here: a test holds every number.
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
    package static let leaderRoles = CodeTable<LeaderRole>([.recovery, .metadata, .purge, .outbox])
    package static let executionModes = CodeTable<ExecutionMode>([.serial, .parallel])
    package static let overlapPolicies = CodeTable<OverlapPolicy>([.defer, .skip, .allow, .cancelPrevious])
    package static let catchUpPolicies = CodeTable<CatchUpPolicy>([.all, .latest, .none])
    package static let skipReasons = CodeTable<SkipRecord.Reason>([.catchUp, .overlap, .operator])
    package static let startGates = CodeTable<StartGate>([.earlierInstance, .parentPause, .slot])
    package static let lockKinds = CodeTable<LockClaim.Kind>([.held, .reserved, .waiting])
    package static let lockStandings = CodeTable<LockStanding>([.none, .queued, .held])
    package static let outboxChannels = CodeTable<OutboxChannel>([.callback, .parentCallback, .listener])
    package static let deliveryStatuses = CodeTable<DeliveryStatus>([.pending, .delivered, .expired, .dropped])
    package static let eventNames = CodeTable<RequestEventName>([
        .succeeded, .warning, .error, .cancelled, .expired, .invalid, .finished, .paused, .retry, .timedOut,
        .manualRecovery, .valid, .state,
    ])
    package static let calloutStatuses = CodeTable<CalloutStatus>([
        .proceed, .warn, .delay, .cancel, .businessError, .systemError,
    ])
    package static let auditOutcomes = CodeTable<AuditRecord.Outcome>([.ok, .denied, .failed])

    package static let causes = CodeTable<Cause>([
        .nonTerminal, .requestExpired, .requestLoginError, .requestAuthorizationFailed, .systemError,
        .validationError, .metadataNotFound, .operatorCancel, .recoverCancel, .recoverGroupCancel,
        .parentNotPaused, .processWarning, .processError, .processCancel, .processSuccess, .processSystemError,
        .processBusinessError, .processTimedOut, .processUnknownStatus, .processRecover,
        .processManualRecoverError, .processManualRecoverErrorFinalize, .processSuspend, .processKilled,
        .postProcessSystemError, .postProcessCancel, .postProcessWarning, .postProcessError,
        .postProcessBusinessError, .processUpdateWarning, .processUpdateError, .processUpdateCancel,
        .processUpdateBusinessError, .manualRecoverError, .preProcessSystemError, .preProcessCancel,
        .preProcessInitiateCancel, .preProcessError, .preProcessBusinessError,
    ])
    package static let phases = CodeTable<ProcessPhase>([
        .undefined, .unknown, .initial, .jobSetInitial, .jobSetExecuteStepsWait, .preProcessStart,
        .preProcessDelayed, .preProcessComplete, .processSetupReady, .executeInitiate, .executeInitiateComplete,
        .executeAsyncWait, .executeAsyncReceived, .executePaused, .executePausedWaitForSubreq, .executeFinalize,
        .executeFinalizeAsync, .executeFinalizeComplete, .processExecuteComplete, .postExecuteStart,
        .postExecuteWaitForSubreq, .postExecuteComplete, .postExecuteTerminalComplete, .postProcessStart,
        .postProcessDelayed, .postProcessComplete, .complete,
    ])

    package static let events = CodeTable<RequestEventKind>([
        .cancel, .forceCancel, .hold, .release, .delete, .patch, .refresh, .replaceSchedule, .controlSchedule,
        .changePriority, .recoverRetry, .recoverError, .recoverCancelled, .complete, .subscribe, .submitSubRequest,
        .reportSuccess, .reportWarning, .reportError, .reportBusinessError, .reportCancel, .reportPause,
        .reportSuspend, .reportUpdate, .checkIn, .validated, .invalid, .definitionDeleted, .dueWithoutSlot,
        .locksNotFree, .locksFree, .start, .userUnusable, .lockCycle, .expired, .preProcessProceed, .preProcessDelay,
        .preProcessCancel, .preProcessSystemError, .preProcessBusinessError, .asynchronousStartAccepted,
        .executableReturned, .executablePaused, .executableSystemError, .executableBusinessError,
        .executableCancelled, .executableWantsRecovery, .attemptEndedByServer, .postProcessProceed,
        .postProcessWarn, .postProcessError, .postProcessCancel, .postProcessDelay, .retryDue, .timeoutMark,
        .timeoutCancel, .timeoutFail, .lastSubRequestEnded, .resume, .parentEndedUnpaused, .nodeLostExecuting,
        .nodeLostWaiting, .stepsSucceeded, .stepsFailed, .stepsCancelled, .noFurtherInstant, .lastChildEnded,
    ])

    /// States have Oracle's numbers, `RequestState.code`.
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
