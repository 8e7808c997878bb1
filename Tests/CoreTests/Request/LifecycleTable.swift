import SchedulerCore

/// The event × state table of runtime §2.1, written down a second time in the specification's own letters.
///
/// Nothing here is derived from the table in the sources: a wrong cell there is a difference to this.
enum LifecycleTable {
    struct Row {
        let event: String
        /// Code of the refusal elsewhere; nil = the event cannot arise elsewhere.
        let refusal: ErrorCode?
        let cells: [RequestState: Set<RequestState>]
    }

    /// Columns: event, code of the refusal, cells `source:target|target`. `=` stays, `T` are all terminal states,
    /// `L` all others, `*` every state that no other cell of the row names.
    private static let text = """
        cancel 01010 WT:CD|CG RD:CD|CG BL:CD|CG HO:CD|CG PV:CD AR:CD MR:CD RU:CG CO:CG PA:CG SE:CG CG:=
        forceCancel 01013 CG:CD
        hold 01011 WT:HO RD:HO
        release 01012 HO:WT
        delete 01016 T:=
        patch 01018 PV:= WT:= HO:=
        refresh 01028 PV:= WT:= HO:=
        replaceSchedule 01018 WT:= HO:=
        controlSchedule 01029 WT:= HO:=
        changePriority 01025 WT:= RD:= BL:= HO:=
        recoverRetry 01026 MR:WT RU:AR|ER|WT
        recoverError 01026 MR:ER RU:AR|ER
        recoverCancelled 01026 MR:CD RU:AR|ER|CD
        complete 01027 RU:CO|AR|ER|CD PA:CO|AR|ER|CD
        subscribe 01020 L:=
        submitSubRequest 01023 RU:=
        reportSuccess 01022 RU:CO PA:CO CG:CD
        reportWarning 01022 RU:CO PA:CO CG:CD
        reportError 01022 RU:AR|ER PA:AR|ER CG:ER
        reportBusinessError 01022 RU:ER PA:ER CG:ER
        reportCancel 01022 RU:CD PA:CD CG:CD
        reportPause 01022 RU:PA PA:= CG:CD
        reportSuspend 01022 RU:PA PA:= CG:CD
        reportUpdate 01022 RU:= PA:RU CG:=
        checkIn 01052 RU:= PA:= CG:=
        validated - PV:WT|HO
        invalid - PV:VF
        definitionDeleted - WT:PV|WT HO:PV|HO RD:PV BL:PV *:=
        dueWithoutSlot - WT:RD RD:=
        locksNotFree - WT:BL RD:BL BL:=
        locksFree - BL:RD
        start - WT:RU RD:RU
        userUnusable - WT:ER RD:ER
        lockCycle - WT:ER RD:ER BL:ER
        expired - WT:EX RD:EX BL:EX
        preProcessProceed - RU:= CG:CD
        preProcessDelay - RU:WT CG:CD
        preProcessCancel - RU:CD CG:CD
        preProcessSystemError - RU:AR|ER CG:ER
        preProcessBusinessError - RU:ER CG:ER
        asynchronousStartAccepted - RU:= CG:=
        executableReturned - RU:CO CG:CD
        executablePaused - RU:PA CG:CD
        executableSystemError - RU:AR|ER CG:ER
        executableBusinessError - RU:ER CG:ER
        executableCancelled - RU:CD CG:CD
        executableWantsRecovery - RU:MR CG:ER
        attemptEndedByServer - CG:CD
        postProcessProceed - CO:SU|WA CG:CD
        postProcessWarn - CO:WA CG:CD
        postProcessError - CO:ER CG:ER
        postProcessCancel - CO:CD CG:CD
        postProcessDelay - CO:= CG:CD
        retryDue - AR:WT
        timeoutMark - RU:= CG:=
        timeoutCancel - RU:CG CG:=
        timeoutFail - RU:ER CG:=
        lastSubRequestEnded - PA:= CG:CD
        resume - PA:RU
        parentEndedUnpaused - PV:CD WT:CD HO:CD
        nodeLostExecuting - RU:AR|ER|MR CO:= CG:CD
        nodeLostWaiting - RU:= CG:= PA:=
        stepsSucceeded - RU:CO CG:CD
        stepsFailed - RU:AR|ER CG:CD
        stepsCancelled - RU:CD CG:CD
        noFurtherInstant - WT:SE HO:SE
        lastChildEnded - WT:= HO:= CG:CD SE:FI
        """

    /// The specification's letters (runtime §2.1) and Oracle's numbers (runtime §1.1).
    static let letters: [String: (state: RequestState, code: Int)] = [
        "WT": (.wait, 1), "RD": (.ready, 2), "RU": (.running, 3), "CO": (.completed, 4), "BL": (.blocked, 5),
        "HO": (.hold, 6), "CG": (.cancelling, 7), "EX": (.expired, 8), "CD": (.cancelled, 9), "ER": (.error, 10),
        "WA": (.warning, 11), "SU": (.succeeded, 12), "PA": (.paused, 13), "PV": (.pendingValidation, 14),
        "VF": (.validationFailed, 15), "SE": (.scheduleEnded, 16), "FI": (.finished, 17), "AR": (.errorAutoRetry, 18),
        "MR": (.errorManualRecovery, 19),
    ]

    static let terminal: Set<RequestState> = [
        .expired, .cancelled, .error, .warning, .succeeded, .validationFailed, .finished,
    ]

    static let rows: [Row] = text.split(separator: "\n").map { row(Array($0.split(separator: " ").map(String.init))) }

    private static let byEvent = Dictionary(uniqueKeysWithValues: rows.map { ($0.event, $0) })

    static func row(of event: RequestEventKind) -> Row? { byEvent[event.rawValue] }

    /// Whether the specification lets the event lead from one state to the other.
    static func permits(_ event: RequestEventKind, from source: RequestState, to target: RequestState) -> Bool {
        row(of: event)?.cells[source]?.contains(target) ?? false
    }

    private static func row(_ words: [String]) -> Row {
        var cells: [RequestState: Set<RequestState>] = [:]
        for word in words.dropFirst(2) {
            let parts = word.split(separator: ":").map(String.init)
            for source in sources(parts[0], besides: cells) {
                cells[source] = parts[1] == "=" ? [source] : Set(parts[1].split(separator: "|").map { state("\($0)") })
            }
        }
        return Row(event: words[0], refusal: Int(words[1]).map { ErrorCode($0) }, cells: cells)
    }

    private static func sources(_ word: String, besides taken: [RequestState: Set<RequestState>]) -> [RequestState] {
        switch word {
        case "T": RequestState.allCases.filter { terminal.contains($0) }
        case "L": RequestState.allCases.filter { !terminal.contains($0) }
        case "*": RequestState.allCases.filter { taken[$0] == nil }
        default: [state(word)]
        }
    }

    static func state(_ letters: String) -> RequestState {
        guard let entry = Self.letters[letters] else { preconditionFailure("unknown letters \(letters)") }
        return entry.state
    }
}
