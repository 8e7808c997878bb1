import SchedulerCore

/// Who may do what, written down from REST §1, §2.1 and administration §5.2, §5.3: for each kind of caller one line for
/// requests of others and one for his own, with one letter for each of the nineteen operations.
///
/// `+` the operation's success; `-` a list without the request; `1` ESS-02001 and 401; then 403 by `2` ESS-02002 (may
/// not submit), `3` ESS-02003 (may not read), `4` ESS-02004 (reads, but lacks the right), `6` ESS-02006 (may not see
/// the servers).
struct RightsMatrix: Sendable, CustomStringConvertible {
    enum Caller: Sendable {
        case nobody
        case user(roles: [String], enterpriseID: Int64 = 1)
        case granted(RequestAction)
        case executing
    }

    let description: String
    let caller: Caller
    /// Of a request that another user submitted.
    let foreign: String
    /// Of a request that he submitted himself; nil where nobody could.
    let own: String?
    /// Of a request that another user submitted and that runs as he; nil where nothing is said of it.
    var runAs: String?

    //     1 root   2-4 lists   5 submit   6 submitArgs   7 GET   8 PATCH   9 DELETE   10 cancel   11 forceCancel
    //     12 hold   13 release   14, 15 subscribe   16 permissions   17 executionStatus   18 checkInCancelling
    //     19 quiesceState
    static let all: [RightsMatrix] = [
        //                          1 234 5 6 789 0 1 23 45 6 78 9
        row("no credentials", .nobody, "1 111 1 1 111 1 1 11 11 1 11 1", nil),
        row("no grant", .user(roles: []), "+ --- 2 + 333 3 3 33 33 3 33 6", "+ +++ 2 + +++ + + ++ ++ + ++ 6"),
        row("run-as user", .user(roles: []), "+ --- 2 + 333 3 3 33 33 3 33 6", nil, "+ +++ 2 + +44 4 4 44 44 + 44 6"),
        row("EXECUTE alone", .executing, "+ --- + + 333 3 3 33 33 3 33 6", "+ +++ + + +++ + + ++ ++ + ++ 6"),

        role("ESSOperator", "+ +++ 2 + +44 4 4 44 44 + 44 +", "+ +++ 2 + +++ + + ++ ++ + ++ +"),
        role("ESSMonitor", "+ +++ 2 + +44 4 4 44 44 + 44 +", "+ +++ 2 + +++ + + ++ ++ + ++ +"),
        role("ESSAdmin", "+ +++ 2 + +++ + + ++ ++ + ++ +", "+ +++ 2 + +++ + + ++ ++ + ++ +"),
        role("BIAdministrator", "+ --- 2 + 333 3 3 33 33 3 33 6", "+ +++ 2 + +++ + + ++ ++ + ++ 6"),
        role("EscapementAdmin", "+ +++ + + +++ + + ++ ++ + ++ +", "+ +++ + + +++ + + ++ ++ + ++ +"),
        row(
            "ESSAdmin of another enterprise",
            .user(roles: ["ESSAdmin"], enterpriseID: 2),
            "+ --- 2 + 333 3 3 33 33 3 33 +",
            "+ +++ 2 + +++ + + ++ ++ + ++ +"
        ),

        grant(.read, "+ +++ 2 + +44 4 4 44 44 + 44 6"),
        grant(.update, "+ --- 2 + 3+3 3 3 33 ++ 3 ++ 6"),
        grant(.hold, "+ --- 2 + 333 3 3 +3 33 3 33 6"),
        grant(.release, "+ --- 2 + 333 3 3 3+ 33 3 33 6"),
        grant(.lock, "+ --- 2 + 333 3 3 33 33 3 33 6"),
        grant(.cancel, "+ --- 2 + 333 + + 33 33 3 33 6"),
        grant(.delete, "+ --- 2 + 33+ 3 3 33 33 3 33 6"),
        grant(.purge, "+ --- 2 + 333 3 3 33 33 3 33 6"),
        grant(.outputRead, "+ --- 2 + 333 3 3 33 33 3 33 6"),
        grant(.outputCreate, "+ --- 2 + 333 3 3 33 33 3 33 6"),
        grant(.outputUpdate, "+ --- 2 + 333 3 3 33 33 3 33 6"),
        grant(.outputDelete, "+ --- 2 + 333 3 3 33 33 3 33 6"),
        grant(.view, "+ +++ 2 + +44 4 4 44 44 + 44 6"),
        grant(.operate, "+ +++ 2 + +44 + + ++ 44 + 44 6"),
        grant(.admin, "+ +++ 2 + +++ + + ++ ++ + ++ 6"),
        grant(.outputAdmin, "+ --- 2 + 333 3 3 33 33 3 33 6"),
    ]

    private static func row(
        _ name: String,
        _ caller: Caller,
        _ foreign: String,
        _ own: String?,
        _ runAs: String? = nil
    ) -> RightsMatrix {
        RightsMatrix(description: name, caller: caller, foreign: foreign, own: own, runAs: runAs)
    }

    private static func role(_ name: String, _ foreign: String, _ own: String) -> RightsMatrix {
        row(name, .user(roles: [name]), foreign, own)
    }

    /// What somebody has on his own requests no grant takes away.
    private static func grant(_ action: RequestAction, _ foreign: String) -> RightsMatrix {
        row("\(action.rawValue) granted", .granted(action), foreign, "+ +++ 2 + +++ + + ++ ++ + ++ 6")
    }
}
