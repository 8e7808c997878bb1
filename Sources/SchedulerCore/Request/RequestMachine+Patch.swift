/// What people change about a request that waits (runtime §2.1, §3.3). Whatever needs the plan, such as the instances
/// of a new schedule, is up to `CommandInterpreter`; here it is decided whether it may be.
extension RequestMachine {
    static func patch(_ next: inout Transitioner, _ patch: RequestPatch) -> Verdict {
        let request = next.request
        if patch.callback != nil {
            guard isLegal(.subscribe, request) else { return refusal(.subscribe, request) }
            next.request.kinship.audience.hasCallback = true
            if patch.changesCallbackOnly { return next.verdict }
        }
        let recurs = request.lineage.type.isRecurringParent
        guard patch.schedule == nil || recurs else {
            return .refused(SchedulerError(1019, request.id.description))
        }
        let row: RequestEventKind = recurs && patch.replacesSchedule ? .replaceSchedule : .patch
        guard isLegal(row, request) else { return refusal(row, request) }
        guard patch.changesTimes else { return next.verdict }
        // Instances, steps and sub-requests are due when their parents say so.
        guard request.lineage.parentID == nil, request.firstStartTime == nil else { return refusal(row, request) }
        let start = patch.start ?? request.requestedStart
        let end = patch.end ?? request.requestedEnd
        if let start, let end, end <= start {
            return .refused(SchedulerError(4005, end.description, start.description))
        }
        next.request.requestedStart = start
        next.request.requestedEnd = end
        if let start = patch.start { next.request.scheduledTime = start }
        guard recurs || next.request.hasInstantLeft else { return .refused(SchedulerError(4006)) }
        return next.verdict
    }

    static func refresh(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.refresh, next.request) else { return refusal(.refresh, next.request) }
        return next.verdict
    }

    static func subscribe(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.subscribe, next.request) else { return refusal(.subscribe, next.request) }
        next.request.kinship.audience.hasCallback = true
        return next.verdict
    }

    /// Also of a request that has ended: what it has not delivered yet is dropped.
    static func unsubscribe(_ next: inout Transitioner) -> Verdict {
        guard next.request.kinship.audience.hasCallback else {
            return .refused(SchedulerError(1021, next.request.id.description))
        }
        next.request.kinship.audience.hasCallback = false
        return next.verdict
    }

    static func controlSchedule(_ next: inout Transitioner) -> Verdict {
        guard next.request.lineage.type.isRecurringParent else {
            return .refused(SchedulerError(1019, next.request.id.description))
        }
        guard isLegal(.controlSchedule, next.request) else { return refusal(.controlSchedule, next.request) }
        return next.verdict
    }
}
