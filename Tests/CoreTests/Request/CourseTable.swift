import SchedulerCore

/// What becomes of a request of each shape at each event: the end of the whole decision, where the table of the
/// specification shows single cells. Written by hand from runtime §2.1 with its notes a to k.
///
/// `=` state as before, `x` refused with the row's code, digits another code, `.` dropped. Every shape has one retry
/// left, nothing is due by time, and the caller's handle is that of the newest invocation.
enum CourseTable {
    private static let columns = "WT RD BL HO PV AR MR SE CO RUs RUi RUw PAs PAq CGs CGi CGw T"

    private static let text = """
                        WT RD BL HO PV AR MR SE CO RUs RUi RUw PAs PAq CGs   CGi   CGw T
        cancel          CD CD CD CD CD CD CD CG CG CG  CG  CG  CG  CD  =     =     =   x
        forceCancel     x  x  x  x  x  x  x  x  x  x   x   x   x   x   01014 01014 CD  x
        hold            HO HO x  x  x  x  x  x  x  x   x   x   x   x   x     x     x   x
        release         x  x  x  WT x  x  x  x  x  x   x   x   x   x   x     x     x   x
        delete          x  x  x  x  x  x  x  x  x  x   x   x   x   x   x     x     x   =
        changePriority  =  =  =  =  x  x  x  x  x  x   x   x   x   x   x     x     x   x
        recoverRetry    x  x  x  x  x  x  WT x  x  x   x   x   x   x   x     x     x   x
        recoverError    x  x  x  x  x  x  ER x  x  x   x   x   x   x   x     x     x   x
        recoverCancel   x  x  x  x  x  x  CD x  x  x   x   x   x   x   x     x     x   x
        completeSuccess x  x  x  x  x  x  x  x  x  x   SU  SU  SU  x   x     x     x   x
        completeWarning x  x  x  x  x  x  x  x  x  x   WA  WA  WA  x   x     x     x   x
        completeError   x  x  x  x  x  x  x  x  x  x   AR  AR  AR  x   x     x     x   x
        completeBizErr  x  x  x  x  x  x  x  x  x  x   ER  ER  ER  x   x     x     x   x
        completeCancel  x  x  x  x  x  x  x  x  x  x   CD  CD  CD  x   x     x     x   x
        completePause   x  x  x  x  x  x  x  x  x  x   x   x   x   x   x     x     x   x
        completeSuspend x  x  x  x  x  x  x  x  x  x   x   x   x   x   x     x     x   x
        completeUpdate  x  x  x  x  x  x  x  x  x  x   x   x   x   x   x     x     x   x
        reportSuccess   x  x  x  x  x  x  x  x  x  x   SU  SU  SU  x   x     CD    CD  x
        reportWarning   x  x  x  x  x  x  x  x  x  x   WA  WA  WA  x   x     CD    CD  x
        reportError     x  x  x  x  x  x  x  x  x  x   AR  AR  AR  x   x     ER    ER  x
        reportBizError  x  x  x  x  x  x  x  x  x  x   ER  ER  ER  x   x     ER    ER  x
        reportCancel    x  x  x  x  x  x  x  x  x  x   CD  CD  CD  x   x     CD    CD  x
        reportPause     x  x  x  x  x  x  x  x  x  x   PA  PA  PA  =   x     CD    CD  x
        reportSuspend   x  x  x  x  x  x  x  x  x  x   PA  PA  =   x   x     CD    CD  x
        reportUpdate    x  x  x  x  x  x  x  x  x  x   =   =   RU  x   x     =     =   x
        checkIn         x  x  x  x  x  x  x  x  x  =   =   =   =   x   =     =     =   x
        dueWithoutSlot  RD =  .  .  .  .  .  .  .  .   .   .   .   .   .     .     .   .
        start           RU RU .  .  .  .  .  .  .  .   .   .   .   .   .     .     .   .
        userUnusable    ER ER .  .  .  .  .  .  .  .   .   .   .   .   .     .     .   .
        resume          .  .  .  .  .  .  .  .  .  .   .   .   .   RU  .     .     .   .
        prepared        .  .  .  .  .  .  .  .  .  =   =   .   .   .   .     .     .   .
        startAccepted   .  .  .  .  .  .  .  .  .  .   =   .   .   .   .     =     .   .
        endSuccess      .  .  .  .  .  .  .  .  .  SU  SU  .   .   .   CD    CD    .   .
        endWarning      .  .  .  .  .  .  .  .  .  WA  WA  .   .   .   CD    CD    .   .
        endSystemError  .  .  .  .  .  .  .  .  .  AR  AR  .   .   .   ER    ER    .   .
        endBizError     .  .  .  .  .  .  .  .  .  ER  ER  .   .   .   ER    ER    .   .
        endCancelled    .  .  .  .  .  .  .  .  .  CD  CD  .   .   .   CD    CD    .   .
        endPaused       .  .  .  .  .  .  .  .  .  PA  PA  .   .   .   CD    CD    .   .
        endRecovery     .  .  .  .  .  .  .  .  .  MR  MR  .   .   .   ER    ER    .   .
        endedByServer   .  .  .  .  .  .  .  .  .  .   .   .   .   .   CD    CD    CD  .
        nodeLost        .  .  .  .  .  .  .  .  =  AR  AR  .   .   .   CD    CD    .   .
        timer           .  .  .  .  .  .  .  .  .  .   .   .   .   .   .     .     .   .
        cancelAnswered  .  .  .  .  .  .  .  .  .  .   .   .   .   .   .     .     .   .
        """

    /// Each event by its name in the table, and the row that its refusal belongs to.
    static let events: [String: (event: RequestEvent, row: RequestEventKind?)] = {
        let handle = RequestShape.epoch
        let next = AttemptEpoch(42)
        let node = RequestShape.node
        var events: [String: (event: RequestEvent, row: RequestEventKind?)] = [
            "cancel": (.cancel, .cancel), "forceCancel": (.forceCancel, .forceCancel), "hold": (.hold, .hold),
            "release": (.release, .release), "delete": (.delete, .delete),
            "changePriority": (.changePriority(7), .changePriority),
            "recoverRetry": (.recover(.retry), .recoverRetry), "recoverError": (.recover(.error), .recoverError),
            "recoverCancel": (.recover(.cancelled), .recoverCancelled),
            "checkIn": (.checkIn(handle: handle), .checkIn), "dueWithoutSlot": (.dueWithoutSlot, nil),
            "start": (.start(epoch: next, node: node, processor: "a"), nil),
            "resume": (.resume(epoch: next, node: node, processor: "a"), nil),
            "userUnusable": (.userUnusable(.requestLoginError, text: "gone"), nil),
            "prepared": (.processPrepared(RequestShape.identity), nil),
            "startAccepted": (.asynchronousStartAccepted(externalID: "e-1"), nil),
            "endedByServer": (.attemptEndedByServer, nil), "nodeLost": (.nodeLost(reason: .leaseExpired), nil),
            "timer": (.timer, nil), "cancelAnswered": (.cancelCallAnswered, nil),
        ]
        let reports: [(String, ReportStatus, RequestEventKind)] = [
            ("Success", .success, .reportSuccess), ("Warning", .warning, .reportWarning),
            ("Error", .error, .reportError), ("BizError", .businessError, .reportBusinessError),
            ("Cancel", .cancel, .reportCancel), ("Pause", .pause, .reportPause),
            ("Suspend", .suspend, .reportSuspend), ("Update", .update, .reportUpdate),
        ]
        for (name, status, row) in reports {
            events["report\(name)"] = (.report(status, text: "said", handle: handle), row)
            let short = status == .businessError ? "BizErr" : name
            events["complete\(short)"] = (.complete(status, text: "said"), .complete)
        }
        let ends: [(String, ExecutableOutcome)] = [
            ("Success", .success), ("Warning", .warning(text: "careful")), ("SystemError", .systemError("broken")),
            ("BizError", .businessError(text: "refused")), ("Cancelled", .cancelled(text: nil)),
            ("Paused", .paused(state: "half")), ("Recovery", .manualRecovery(text: "look")),
        ]
        for (name, outcome) in ends { events["end\(name)"] = (.executableEnded(outcome), nil) }
        return events
    }()

    /// Cell of each event and shape.
    static let cells: [String: [RequestShape: String]] = {
        let names = columns.split(separator: " ").map(String.init)
        var table: [String: [RequestShape: String]] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let words = line.split(separator: " ").map(String.init)
            precondition(words.count == names.count + 1, "malformed line \(words[0])")
            var row: [RequestShape: String] = [:]
            for (name, cell) in zip(names, words.dropFirst()) {
                let shapes = name == "T" ? RequestShape.terminal : RequestShape.allCases.filter { $0.rawValue == name }
                for shape in shapes { row[shape] = cell }
            }
            table[words[0]] = row
        }
        return table
    }()
}
