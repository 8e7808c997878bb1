import SchedulerCore

/// What commands and timers may be answered, and what they may do.
extension Auditor {
    /// - Returns: the number of audit records that the commands must have written.
    static func check(
        _ commands: [RequestCommand],
        _ results: [CommandResult],
        _ state: inout State,
        _ content: MemoryContent
    ) -> Int {
        state.expect(commands.count == results.count, "I8 \(results.count) results of \(commands.count) commands")
        var audited = 0
        for (command, result) in zip(commands, results) {
            check(command, result, &state, now: content.lastTime)
            if result.outcome == .applied, command.audit != nil { audited += 1 }
        }
        return audited
    }

    /// The same for timers: only the end of a cancel by its limit is audited.
    static func check(_ results: [CommandResult], _ state: inout State, _ content: MemoryContent) -> Int {
        var audited = 0
        for result in results {
            guard result.outcome == .applied, let request = result.request else {
                state.violations.append("a timer that was due did nothing: \(result.outcome)")
                continue
            }
            let before = state.content.requests[request.id]
            let isEnd = before?.state == .cancelling && request.state == .cancelled
            if before?.state == .completed, let earliest = state.lives[request.id]?.callNotBefore {
                state.expect(content.lastTime >= earliest, "request \(request.id) is called again before its time")
            }
            if isEnd { audited += 1 }
            update(&state, request.id) { life in
                if request.state == .error || isEnd { life.killHandle() }
                if before?.state == .completed { life.callNotBefore = nil }
                if before?.state == .errorAutoRetry {
                    life.retries += 1
                    life.attempts += 1
                }
            }
        }
        return audited
    }

    private static func check(
        _ command: RequestCommand,
        _ result: CommandResult,
        _ state: inout State,
        now: Timestamp
    ) {
        let id = command.requestID
        guard let before = state.content.requests[id], let life = state.lives[id] else { return }
        if case .refused(let error) = result.outcome {
            state.expect(error.code != 1, "the machine refused request \(id) for a fault of its own: \(error)")
        }
        let isApplied = result.outcome == .applied
        if before.deletedTime != nil {
            state.expect(!isApplied, "request \(id) was changed after its deletion")
            return
        }
        if let epoch = command.epoch, epoch != life.newestEpoch {
            let isStale = result.outcome == .dropped(.staleEpoch)
            state.count(.staleWrite)
            state.expect(isStale, "I57 epoch \(epoch) of request \(id), newest \(life.newestEpoch?.value ?? 0), wrote")
            return
        }
        switch command.event {
        case .forceCancel: checkForceCancel(before, life, result, now, &state)
        case .report(let status, _, let handle): checkReport(status, handle, before, life, result, &state)
        case .checkIn(let handle):
            let isLive = handle == life.newestEpoch && !life.closed.contains(handle) && !life.dead.contains(handle)
            state.expect(isLive || !isApplied, "I18 request \(id): a handle that is over checked in")
        case .cancel where before.state == .cancelling:
            state.expect(result.outcome == .unchanged, "C38 request \(id): a second cancel did something")
        default: break
        }
        if isApplied {
            switch command.event {
            case .nodeLost: checkTakeover(before, &state, now)
            // Only of an attempt whose node is lost.
            case .recover where before.state == .running: checkTakeover(before, byPerson: true, &state, now)
            default: checkEffect(of: command.event, result.request, &state)
            }
            apply(command.event, before, result.request, now, &state)
        }
    }

    /// I16, I17: allowed exactly if state, wait and clock of runtime §3.2 hold, by the auditor's own clock.
    private static func checkForceCancel(
        _ before: JobRequest,
        _ life: AuditedLife,
        _ result: CommandResult,
        _ now: Timestamp,
        _ state: inout State
    ) {
        let expected: ErrorCode?
        if before.state != .cancelling {
            expected = 1013
        } else if before.phase != .executeAsyncWait || before.isAsynchronous != true {
            expected = 1014
        } else if let begun = life.cancelBegun {
            let earliest = max(begun, life.lastCheckIn ?? begun) + state.forceCancelAfter
            expected = now < earliest ? 1015 : nil
        } else {
            expected = nil
        }
        let actual: ErrorCode? = if case .refused(let error) = result.outcome { error.code } else { nil }
        state.expect(
            actual == expected,
            "I16 forceCancel of \(before.id) in \(before.state.rawValue): \(actual.map { "\($0)" } ?? "200") instead of "
                + (expected.map { "\($0)" } ?? "200")
        )
    }

    /// I18, C50, C75: repetition, then dead, then closed, in this order (REST §5.9).
    private static func checkReport(
        _ status: ReportStatus,
        _ handle: AttemptEpoch,
        _ before: JobRequest,
        _ life: AuditedLife,
        _ result: CommandResult,
        _ state: inout State
    ) {
        let place = "request \(before.id) in \(before.state.rawValue), \(status.rawValue) by \(handle)"
        if life.accepted[handle] == status {
            state.expect(result.outcome == .unchanged, "C50 a repetition is \(result.outcome): \(place)")
        } else if handle != life.newestEpoch || life.dead.contains(handle) {
            let isRefused = result.outcome == .refused(SchedulerError(1052, before.id.description))
            state.expect(isRefused, "I18 a dead handle is told \(result.outcome): \(place)")
        } else if life.closed.contains(handle) {
            state.expect(result.outcome != .applied, "I18 a closed handle reported: \(place)")
        }
    }

    /// What a person was told to have done is done.
    private static func checkEffect(of event: RequestEvent, _ after: JobRequest?, _ state: inout State) {
        let states: [RequestState]
        switch event {
        case .cancel: states = [.cancelling, .cancelled]
        case .forceCancel, .recover(.cancelled): states = [.cancelled]
        case .hold: states = [.hold]
        case .release where after?.lineage.type.isRecurringParent == true:
            // Nothing may follow: that its parent sees at once.
            states = [.wait, .scheduleEnded, .finished]
        case .release, .recover(.retry): states = [.wait]
        case .recover(.error): states = [.error]
        default: return
        }
        let actual = after?.state
        state.expect(actual.map { states.contains($0) } ?? false, "\(event) led to \(actual?.rawValue ?? "nothing")")
    }

    /// Learns from an applied command.
    private static func apply(
        _ event: RequestEvent,
        _ before: JobRequest,
        _ after: JobRequest?,
        _ now: Timestamp,
        _ state: inout State
    ) {
        switch event {
        case .hold where before.lineage.type.isRecurringParent:
            for child in children(of: before, in: [.wait, .ready], state) { update(&state, child) { $0.isHeld = true } }
            state.count(.heldSchedule)
        case .release where before.lineage.type.isRecurringParent:
            for child in children(of: before, in: [.hold], state) { update(&state, child) { $0.isHeld = false } }
        case .executableEnded(.paused(let text)) where after?.state == .paused:
            learnPause(of: before, handing: text, &state, now)
        case .report(.pause, let text, _) where after?.state == .paused:
            learnPause(of: before, handing: text, &state, now)
        case .refresh(let refresh):
            for item in refresh.items { update(&state, item.id) { $0.policy = item.policy } }
            state.count(.refreshed)
        case .delete:
            if state.content.requests.values.contains(where: { $0.lineage.parentID == before.id }) {
                state.count(.deletedTree)
            }
        default: break
        }
        learnCallout(event, before, after, &state, now)
        update(&state, before.id) { life in
            switch event {
            case .forceCancel:
                life.forceCancels += 1
                life.killHandle()
            case .hold: life.isHeld = true
            case .release: life.isHeld = false
            case .checkIn: life.lastCheckIn = now
            case .report(.update, _, _): life.lastCheckIn = now
            case .report(let status, _, let handle):
                if status.isFinal(cancelling: before.state == .cancelling) { life.accepted[handle] = status }
                if status != .suspend || before.state == .cancelling { life.closed.insert(handle) }
            case .nodeLost where before.state == .completed: break
            case .complete, .nodeLost, .attemptEndedByServer: life.killHandle()
            case .executableEnded: if let epoch = life.newestEpoch { life.closed.insert(epoch) }
            case .recover:
                if before.state == .running { life.killHandle() }
                if after?.state == .wait { life.attempts += 1 }
            default: break
            }
        }
    }

    private static func children(of parent: JobRequest, in states: [RequestState], _ state: State) -> [RequestID] {
        state.content.requests.values
            .filter { $0.lineage.parentID == parent.id && states.contains($0.state) }.map(\.id)
    }

    static func update(_ state: inout State, _ id: RequestID, _ change: (inout AuditedLife) -> Void) {
        guard var life = state.lives[id] else { return }
        change(&life)
        state.lives[id] = life
    }
}

extension AuditedLife {
    mutating func killHandle() {
        if let newestEpoch { dead.insert(newestEpoch) }
    }
}
