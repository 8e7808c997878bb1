/// What relatives do to a request (runtime §2.2, §5.3, §6).
extension RequestMachine {
    static func familyChanged(_ next: inout Transitioner, _ news: FamilyNews) -> Verdict {
        if next.request.lineage.type.isRecurringParent {
            recurringParent(&next, news)
        } else if next.request.isJobSet {
            jobSet(&next, news)
        } else if !next.hasLiveChildren {
            lastSubRequestEnded(&next)
        }
        return next.verdict
    }

    private static func recurringParent(_ next: inout Transitioner, _ news: FamilyNews) {
        if news.isExhausted, isLegal(.noFurtherInstant, next.request) {
            next.move(.noFurtherInstant, to: .scheduleEnded)
        }
        guard !next.hasLiveChildren else { return }
        switch next.request.state {
        case .scheduleEnded: next.finish(.lastChildEnded, .finished, cause: .processSuccess)
        case .cancelling: next.finish(.lastChildEnded, .cancelled, cause: next.request.cancelCause)
        default: break
        }
    }

    private static func jobSet(_ next: inout Transitioner, _ news: FamilyNews) {
        if let end = news.ended, next.request.state == .running {
            var tally = next.request.kinship.tally ?? StepTally()
            tally.add(end, mode: next.request.facts.executionMode)
            next.request.kinship.tally = tally
        }
        guard !next.hasLiveChildren else { return }
        switch next.request.state {
        case .cancelling: next.finish(.stepsCancelled, .cancelled, cause: next.request.cancelCause)
        case .running: concludeSteps(&next)
        default: break
        }
    }

    /// Ends a set by the aggregate of its steps.
    private static func concludeSteps(_ next: inout Transitioner) {
        let deciding = (next.request.kinship.tally ?? StepTally()).deciding
        if let stepID = deciding.stepID {
            let text = deciding.message.map { ": \($0)" } ?? "."
            next.note("Step \(stepID) ended in \(deciding.outcome.rawValue)\(text)")
        }
        switch deciding.outcome {
        case .succeeded, .warning:
            conclude(&next, .stepsSucceeded, warning: deciding.outcome == .warning)
        case .cancelled:
            next.finish(.stepsCancelled, .cancelled, cause: .processCancel)
        default:
            let errorType = deciding.errorType ?? .system
            if errorType == .system {
                next.fail(.stepsFailed, cause: .processError)
            } else {
                next.finish(.stepsFailed, .error, cause: .processError, errorType: errorType)
            }
        }
    }

    /// PAUSED goes on when a processor takes it; CANCELLING has waited for this alone.
    private static func lastSubRequestEnded(_ next: inout Transitioner) {
        guard next.request.phase == .executePausedWaitForSubreq else { return }
        switch next.request.state {
        case .paused:
            next.move(.lastSubRequestEnded, to: .paused)
            next.request.phase = .executePaused
        case .cancelling:
            next.finish(.lastSubRequestEnded, .cancelled, cause: next.request.cancelCause)
        default: break
        }
    }

    static func parentEndedUnpaused(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.parentEndedUnpaused, next.request) else { return .dropped(.cannotArise) }
        next.finish(.parentEndedUnpaused, .cancelled, cause: .parentNotPaused)
        return next.verdict
    }

    static func overlapped(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.expired, next.request), next.request.firstStartTime == nil else {
            return .dropped(.cannotArise)
        }
        next.note("It was due while an earlier instance ran, and the schedule has no further instant.")
        return expire(&next)
    }
}
