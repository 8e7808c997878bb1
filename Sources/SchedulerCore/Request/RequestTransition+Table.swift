extension RequestTransition {
    /// The whole table, API events first, in the order of the specification.
    package static let table: [RequestTransition] = apiRows + systemRows

    private static let pending: [RequestState] = [.wait, .ready, .blocked, .hold]
    private static let executing: [RequestState] = [.running, .cancelling]
    private static let all: [RequestState] = RequestState.allCases
    private static let live: [RequestState] = all.filter { !$0.isTerminal }
    private static let terminal: [RequestState] = all.filter(\.isTerminal)
    private static let stay: [RequestState] = []
    private static let failed: [RequestState] = [.errorAutoRetry, .error]

    private static let apiRows: [RequestTransition] = [
        .init(
            .cancel,
            refusal: 1010,
            [
                (pending, [.cancelled, .cancelling]),
                ([.pendingValidation, .errorAutoRetry, .errorManualRecovery], [.cancelled]),
                ([.running, .completed, .paused, .scheduleEnded], [.cancelling]),
                ([.cancelling], stay),
            ]
        ),
        .init(.forceCancel, refusal: 1013, [([.cancelling], [.cancelled])]),
        .init(.hold, refusal: 1011, [([.wait, .ready], [.hold])]),
        .init(.release, refusal: 1012, [([.hold], [.wait])]),
        .init(.delete, refusal: 1016, [(terminal, stay)]),
        .init(.patch, refusal: 1018, [([.pendingValidation, .wait, .hold], stay)]),
        .init(.refresh, refusal: 1028, [([.pendingValidation, .wait, .hold], stay)]),
        .init(.replaceSchedule, refusal: 1018, [([.wait, .hold], stay)]),
        .init(.controlSchedule, refusal: 1029, [([.wait, .hold], stay)]),
        .init(.changePriority, refusal: 1025, [(pending, stay)]),
        .init(.recoverRetry, refusal: 1026, recovered(.wait)),
        .init(.recoverError, refusal: 1026, recovered(.error)),
        .init(.recoverCancelled, refusal: 1026, recovered(.cancelled)),
        .init(
            .complete,
            refusal: 1027,
            [([.running, .paused], [.completed, .errorAutoRetry, .error, .cancelled])]
        ),
        .init(.subscribe, refusal: 1020, [(live, stay)]),
        .init(.submitSubRequest, refusal: 1023, [([.running], stay)]),
        .init(.reportSuccess, refusal: 1022, reported(.completed, cancelling: .cancelled)),
        .init(.reportWarning, refusal: 1022, reported(.completed, cancelling: .cancelled)),
        .init(.reportError, refusal: 1022, [([.running, .paused], failed), ([.cancelling], [.error])]),
        .init(.reportBusinessError, refusal: 1022, reported(.error, cancelling: .error)),
        .init(.reportCancel, refusal: 1022, reported(.cancelled, cancelling: .cancelled)),
        .init(.reportPause, refusal: 1022, reported(.paused, cancelling: .cancelled)),
        .init(.reportSuspend, refusal: 1022, reported(.paused, cancelling: .cancelled)),
        .init(.reportUpdate, refusal: 1022, [(executing, stay), ([.paused], [.running])]),
        .init(.checkIn, refusal: 1052, [([.running, .paused, .cancelling], stay)]),
    ]

    private static let systemRows: [RequestTransition] = [
        .init(.validated, [([.pendingValidation], [.wait, .hold])]),
        .init(.invalid, [([.pendingValidation], [.validationFailed])]),
        .init(
            .definitionDeleted,
            [
                // A recurring parent stays where it is.
                ([.wait], [.pendingValidation, .wait]), ([.hold], [.pendingValidation, .hold]),
                ([.ready, .blocked], [.pendingValidation]),
            ] + all.filter { ![.wait, .hold, .ready, .blocked].contains($0) }.map { ([$0], stay) }
        ),
        .init(.dueWithoutSlot, [([.wait, .ready], [.ready])]),
        .init(.locksNotFree, [([.wait, .ready, .blocked], [.blocked])]),
        .init(.locksFree, [([.blocked], [.ready])]),
        .init(.start, [([.wait, .ready], [.running])]),
        .init(.userUnusable, [([.wait, .ready], [.error])]),
        .init(.lockCycle, [([.wait, .ready, .blocked], [.error])]),
        .init(.expired, [([.wait, .ready, .blocked], [.expired])]),
        .init(.preProcessProceed, [([.running], stay), ([.cancelling], [.cancelled])]),
        .init(.preProcessDelay, [([.running], [.wait]), ([.cancelling], [.cancelled])]),
        .init(.preProcessCancel, [(executing, [.cancelled])]),
        .init(.preProcessSystemError, [([.running], failed), ([.cancelling], [.error])]),
        .init(.preProcessBusinessError, [(executing, [.error])]),
        .init(.asynchronousStartAccepted, [(executing, stay)]),
        .init(.executableReturned, [([.running], [.completed]), ([.cancelling], [.cancelled])]),
        .init(.executablePaused, [([.running], [.paused]), ([.cancelling], [.cancelled])]),
        .init(.executableSystemError, [([.running], failed), ([.cancelling], [.error])]),
        .init(.executableBusinessError, [(executing, [.error])]),
        .init(.executableCancelled, [(executing, [.cancelled])]),
        .init(.executableWantsRecovery, [([.running], [.errorManualRecovery]), ([.cancelling], [.error])]),
        .init(.attemptEndedByServer, [([.cancelling], [.cancelled])]),
        .init(.postProcessProceed, [([.completed], [.succeeded, .warning]), ([.cancelling], [.cancelled])]),
        .init(.postProcessWarn, [([.completed], [.warning]), ([.cancelling], [.cancelled])]),
        .init(.postProcessError, [([.completed, .cancelling], [.error])]),
        .init(.postProcessCancel, [([.completed, .cancelling], [.cancelled])]),
        .init(.postProcessDelay, [([.completed], stay), ([.cancelling], [.cancelled])]),
        .init(.retryDue, [([.errorAutoRetry], [.wait])]),
        .init(.timeoutMark, [(executing, stay)]),
        .init(.timeoutCancel, [(executing, [.cancelling])]),
        .init(.timeoutFail, [([.running], [.error]), ([.cancelling], stay)]),
        .init(.lastSubRequestEnded, [([.paused], stay), ([.cancelling], [.cancelled])]),
        .init(.resume, [([.paused], [.running])]),
        .init(.parentEndedUnpaused, [([.pendingValidation, .wait, .hold], [.cancelled])]),
        .init(
            .nodeLostExecuting,
            [
                ([.running], [.errorAutoRetry, .error, .errorManualRecovery]),
                ([.completed], stay), ([.cancelling], [.cancelled]),
            ]
        ),
        .init(.nodeLostWaiting, [([.running, .cancelling, .paused], stay)]),
        .init(.stepsSucceeded, [([.running], [.completed]), ([.cancelling], [.cancelled])]),
        .init(.stepsFailed, [([.running], failed), ([.cancelling], [.cancelled])]),
        .init(.stepsCancelled, [(executing, [.cancelled])]),
        .init(.noFurtherInstant, [([.wait, .hold], [.scheduleEnded])]),
        .init(
            .lastChildEnded,
            [([.wait, .hold], stay), ([.cancelling], [.cancelled]), ([.scheduleEnded], [.finished])]
        ),
    ]

    /// In RUNNING the row of the lost node comes first and leaves nothing to decide unless it gives
    /// ERROR_MANUAL_RECOVERY.
    private static func recovered(_ target: RequestState) -> [(from: [RequestState], to: [RequestState])] {
        [([.errorManualRecovery], [target]), ([.running], Set(failed + [target]).sorted { $0.code < $1.code })]
    }

    /// A report that ends or pauses the attempt in RUNNING and PAUSED alike.
    private static func reported(
        _ target: RequestState,
        cancelling: RequestState
    ) -> [(from: [RequestState], to: [RequestState])] {
        [([.running, .paused], [target]), ([.cancelling], [cancelling])]
    }
}
