import SchedulerCore

/// Schemas of what a request waits for (administration §6.1, runtime §10).
enum DiagnosisSchemas {
    static let all: [(name: String, schema: APISchema)] = [("Diagnosis", diagnosis), ("Blocker", blocker)]

    private static let code = APISchema.oneOf(DiagnosticCode.self)

    private static let diagnosis = APISchema.answer(
        [
            "actions": .list(of: .oneOf(RequestEventKind.self)).about("What may be done now."),
            "application": .text, "asyncExecType": .text, "asyncLimit": .int32,
            "blockers": .list(of: .named("Blocker")), "blockingRequestId": .int64, "diagnosticCode": code,
            "estimatedStart": .instant, "hasManualAsyncComplete": .flag, "hasManualRecoverRequest": .flag,
            "parentRequestId": .int64, "processPhase": .oneOf(ProcessPhase.self), "requestId": .int64,
            "requestedProcessor": .text, "scheduledTime": .instant, "since": .instant,
            "state": .named("RequestState"), "subRequestId": .int64, "text": .text, "workAssignment": .text,
            "workshift": .text,
        ],
        required: ["actions", "blockers", "requestId", "state", "text"]
    )

    private static let blocker = APISchema.answer(
        [
            "application": .text, "asyncExecType": .text, "asyncLimit": .int32, "attempt": .int32,
            "blockerKind": .oneOf(DiagnosticReason.BlockerKind.self), "blockingRequestId": .int64,
            "cancelCalls": .int32, "cancelInitiatedTime": .instant, "childRequestIds": .list(of: .int64),
            "code": code, "earliestForceCancelTime": .instant, "externalId": .text, "holders": .list(of: .int64),
            "inUse": .int32, "incompatibility": .text, "isTimedOut": .flag, "killTime": .instant,
            "lastCheckIn": .instant, "limit": .int32, "message": .text, "missing": .list(of: .text), "name": .text,
            "nextCall": .instant, "nextInstant": .instant, "nextWindow": .instant, "node": .text,
            "nodes": .list(of: .text), "parentRequestId": .int64, "pid": .int64, "processor": .text,
            "queuePosition": .int32, "reason": .text, "requestedProcessor": .text, "retriesLeft": .int32,
            "scheduledTime": .instant, "subRequestId": .int64, "text": .text, "threads": .int32,
            "timeoutAt": .instant, "usualP50": .int64, "usualP95": .int64, "value": .text, "who": .text,
            "workAssignment": .text, "workshift": .text,
        ],
        required: ["code", "text"]
    )
}
