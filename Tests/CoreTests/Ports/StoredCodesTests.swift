import SchedulerCore
import Testing

/// Numbers in databases. What stands here is stored somewhere: entries are only ever added, each at the end of its
/// list.
struct StoredCodesTests {
    @Test("Each number of request types stands for its name for ever")
    func requestTypes() {
        expect(
            StoredCodes.requestTypes,
            """
            0 SINGLETON, 1 RECUR_PARENT, 2 RECUR_CHILD, 3 JOBSET_SINGLETON, 4 JOBSET_STEP, 5 JOBSET_RECUR_PARENT
            6 JOBSET_RECUR_CHILD, 7 SUB_REQUEST
            """
        )
    }

    @Test("Each number of executors stands for its name for ever")
    func executors() {
        expect(
            StoredCodes.executors,
            """
            0 process, 1 http, 2 soapSynchronous, 3 soapAsynchronous, 4 soapOneway, 5 sql, 6 swift
            """
        )
    }

    @Test("Each number of error types stands for its name for ever")
    func errorTypes() {
        expect(
            StoredCodes.errorTypes,
            """
            0 SYSTEM, 1 BUSINESS, 2 TIMEOUT, 3 MIXED_NON_BUSINESS, 4 MIXED_BUSINESS
            """
        )
    }

    @Test("Each number of handle statuses stands for its name for ever")
    func handleStatuses() {
        expect(
            StoredCodes.handleStatuses,
            """
            0 none, 1 live, 2 closed, 3 dead
            """
        )
    }

    @Test("Each number of report statuses stands for its name for ever")
    func reportStatuses() {
        expect(
            StoredCodes.reportStatuses,
            """
            0 SUCCESS, 1 WARNING, 2 ERROR, 3 BUSINESS_ERROR, 4 CANCEL, 5 PAUSE, 6 SUSPEND, 7 UPDATE
            """
        )
    }

    @Test("Each number of what composes requests stands for its name for ever")
    func composition() {
        #expect(StoredCodes.executionModes.values == [.serial, .parallel])
        expect(StoredCodes.overlapPolicies, "0 defer, 1 skip, 2 allow, 3 cancelPrevious")
        expect(StoredCodes.catchUpPolicies, "0 all, 1 latest, 2 none")
        expect(StoredCodes.skipReasons, "0 CATCH_UP, 1 OVERLAP, 2 OPERATOR")
        expect(StoredCodes.startGates, "0 earlierInstance, 1 parentPause, 2 slot")
        expect(StoredCodes.lockKinds, "0 held, 1 reserved, 2 waiting")
        expect(StoredCodes.lockStandings, "0 none, 1 queued, 2 held")
    }

    @Test("Each number of timeout actions stands for its name for ever")
    func timeoutActions() {
        expect(
            StoredCodes.timeoutActions,
            """
            0 mark, 1 cancel, 2 fail
            """
        )
    }

    @Test("Each number of node lost actions stands for its name for ever")
    func nodeLostActions() {
        expect(
            StoredCodes.nodeLostActions,
            """
            0 retry, 1 manualRecovery
            """
        )
    }

    @Test("Each number of parameter types stands for its name for ever")
    func parameterTypes() {
        expect(
            StoredCodes.parameterTypes,
            """
            0 BOOLEAN, 1 LONG, 2 INTEGER, 3 DATETIME, 4 STRING
            """
        )
    }

    @Test("Each number of what callouts answer stands for its name for ever")
    func calloutStatuses() {
        expect(StoredCodes.calloutStatuses, "0 PROCEED, 1 WARN, 2 DELAY, 3 CANCEL, 4 BIZ_ERROR, 5 SYSTEM_ERROR")
    }

    @Test("Each number of audit outcomes stands for its name for ever")
    func auditOutcomes() {
        expect(
            StoredCodes.auditOutcomes,
            """
            0 ok, 1 denied, 2 failed
            """
        )
    }

    @Test("Each number of the outbox stands for its name for ever")
    func outbox() {
        expect(StoredCodes.outboxChannels, "0 callback, 1 parentCallback, 2 listener")
        expect(StoredCodes.deliveryStatuses, "0 PENDING, 1 DELIVERED, 2 EXPIRED, 3 DROPPED")
        expect(
            StoredCodes.eventNames,
            """
            0 REQUEST_SUCCEEDED, 1 REQUEST_WARNING, 2 REQUEST_ERROR, 3 REQUEST_CANCELLED, 4 REQUEST_EXPIRED
            5 REQUEST_INVALID, 6 REQUEST_FINISHED, 7 REQUEST_PAUSED, 8 REQUEST_RETRY, 9 REQUEST_TIMED_OUT
            10 REQUEST_ERROR_MANUAL_RECOVERY, 11 REQUEST_VALID, 12 REQUEST_STATE
            """
        )
    }

    @Test("Each number of causes stands for its name for ever")
    func causes() {
        expect(
            StoredCodes.causes,
            """
            0 NON_TERMINAL, 1 REQUEST_EXPIRED, 2 REQUEST_LOGIN_ERROR, 3 REQUEST_AUTHORIZATION_FAILED, 4 SYSTEM_ERROR
            5 VALIDATION_ERROR, 6 METADATA_NOT_FOUND, 7 OPERATOR_CANCEL, 8 RECOVER_CANCEL, 9 RECOVER_GROUP_CANCEL
            10 PARENT_NOT_PAUSED, 11 PROCESS_WARNING, 12 PROCESS_ERROR, 13 PROCESS_CANCEL, 14 PROCESS_SUCCESS
            15 PROCESS_SYSTEM_ERROR, 16 PROCESS_BIZ_ERROR, 17 PROCESS_TIMED_OUT, 18 PROCESS_UNKNOWN_STATUS
            19 PROCESS_RECOVER, 20 PROCESS_MANUAL_RECOVER_ERROR, 21 PROCESS_MANUAL_RECOVER_ERROR_FINALIZE
            22 PROCESS_SUSPEND, 23 PROCESS_KILLED, 24 POSTPROCESS_SYSTEM_ERROR, 25 POSTPROCESS_CANCEL
            26 POSTPROCESS_WARNING, 27 POSTPROCESS_ERROR, 28 POSTPROCESS_BIZ_ERROR, 29 PROCESS_UPDATE_WARNING
            30 PROCESS_UPDATE_ERROR, 31 PROCESS_UPDATE_CANCEL, 32 PROCESS_UPDATE_BIZ_ERROR, 33 MANUAL_RECOVER_ERROR
            34 PREPROCESS_SYSTEM_ERROR, 35 PREPROCESS_CANCEL, 36 PREPROCESS_INITIATE_CANCEL, 37 PREPROCESS_ERROR
            38 PREPROCESS_BIZ_ERROR
            """
        )
    }

    @Test("Each number of phases stands for its name for ever")
    func phases() {
        expect(
            StoredCodes.phases,
            """
            0 Undefined, 1 Unknown, 2 Initial, 3 JobSetInitial, 4 JobSetExecuteStepsWait, 5 PreProcessStart
            6 PreProcessDelayed, 7 PreProcessComplete, 8 ProcessSetupReady, 9 ExecuteInitiate
            10 ExecuteInitiateComplete, 11 ExecuteAsyncWait, 12 ExecuteAsyncReceived, 13 ExecutePaused
            14 ExecutePausedWaitForSubreq, 15 ExecuteFinalize, 16 ExecuteFinalizeAsync, 17 ExecuteFinalizeComplete
            18 ProcessExecuteComplete, 19 PostExecuteStart, 20 PostExecuteWaitForSubreq, 21 PostExecuteComplete
            22 PostExecuteTerminalComplete, 23 PostProcessStart, 24 PostProcessDelayed, 25 PostProcessComplete
            26 Complete
            """
        )
    }

    @Test("Each number of events stands for its name for ever")
    func events() {
        expect(
            StoredCodes.events,
            """
            0 cancel, 1 forceCancel, 2 hold, 3 release, 4 delete, 5 patch, 6 refresh, 7 replaceSchedule
            8 controlSchedule, 9 changePriority, 10 recoverRetry, 11 recoverError, 12 recoverCancelled, 13 complete
            14 subscribe, 15 submitSubRequest, 16 reportSuccess, 17 reportWarning, 18 reportError
            19 reportBusinessError, 20 reportCancel, 21 reportPause, 22 reportSuspend, 23 reportUpdate, 24 checkIn
            25 validated, 26 invalid, 27 definitionDeleted, 28 dueWithoutSlot, 29 locksNotFree, 30 locksFree
            31 start, 32 userUnusable, 33 lockCycle, 34 expired, 35 preProcessProceed, 36 preProcessDelay
            37 preProcessCancel, 38 preProcessSystemError, 39 preProcessBusinessError, 40 asynchronousStartAccepted
            41 executableReturned, 42 executablePaused, 43 executableSystemError, 44 executableBusinessError
            45 executableCancelled, 46 executableWantsRecovery, 47 attemptEndedByServer, 48 postProcessProceed
            49 postProcessWarn, 50 postProcessError, 51 postProcessCancel, 52 postProcessDelay, 53 retryDue
            54 timeoutMark, 55 timeoutCancel, 56 timeoutFail, 57 lastSubRequestEnded, 58 resume
            59 parentEndedUnpaused, 60 nodeLostExecuting, 61 nodeLostWaiting, 62 stepsSucceeded, 63 stepsFailed
            64 stepsCancelled, 65 noFurtherInstant, 66 lastChildEnded
            """
        )
    }

    @Test("States have Oracle's numbers, and 0 is none of them")
    func states() throws {
        for state in RequestState.allCases {
            #expect(try StoredCodes.state(Int64(state.code)) == state)
        }
        for number in [-1, 0, 20, .max] as [Int64] {
            #expect(throws: StoreFault.self) { try StoredCodes.state(number) }
        }
    }

    private func expect<Value>(
        _ table: CodeTable<Value>,
        _ text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) where Value: CaseIterable & RawRepresentable<String> {
        let pinned = text.split { $0 == "," || $0.isNewline }.map { $0.split(separator: " ").map(String.init) }
        let numbered = table.values.enumerated().map { [String($0), $1.rawValue] }
        #expect(numbered == pinned, sourceLocation: sourceLocation)
        #expect(Set(table.values) == Set(Value.allCases), "values without a number", sourceLocation: sourceLocation)
        for value in table.values {
            #expect(throws: Never.self, sourceLocation: sourceLocation) {
                let read = try table.value(table.code(value))
                #expect(read == value, sourceLocation: sourceLocation)
            }
        }
        for number in [-1, Int64(table.values.count), .max] {
            #expect(throws: StoreFault.self, sourceLocation: sourceLocation) { try table.value(number) }
        }
    }
}
