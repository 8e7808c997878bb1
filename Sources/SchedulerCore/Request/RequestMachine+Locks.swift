/// What the lock table does to a request that is due (runtime §2.1, §7.1).
extension RequestMachine {
    static func locksNotFree(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.locksNotFree, next.request) else { return .dropped(.cannotArise) }
        next.move(.locksNotFree, to: .blocked)
        next.request.readyTime = nil
        return next.verdict
    }

    static func locksFree(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.locksFree, next.request) else { return .dropped(.cannotArise) }
        next.move(.locksFree, to: .ready)
        next.request.readyTime = next.now
        return next.verdict
    }

    static func lockCycle(_ next: inout Transitioner, text: String) -> Verdict {
        guard isLegal(.lockCycle, next.request) else { return .dropped(.cannotArise) }
        next.note(SchedulerError(1030, text).message)
        next.finish(.lockCycle, .error, cause: .systemError, errorType: .system)
        return next.verdict
    }
}
