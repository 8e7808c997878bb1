import SchedulerCore

extension Auditor {
    /// I3, I4, I5, I13, I21, I25: what must hold of one stored request.
    /// Some may execute without code of their own, as long as they have live children.
    static func checkShape(of request: JobRequest, hasLiveChildren: () -> Bool) -> [String] {
        var found: [String] = []
        func expect(_ holds: Bool, _ message: @autoclosure () -> String) {
            if !holds { found.append("\(message()): request \(request.id) in \(request.state.rawValue)") }
        }
        let isTerminal = request.state.isTerminal
        expect((request.cause == .nonTerminal) == !isTerminal, "I3 cause \(request.cause.rawValue)")
        expect((request.errorType != nil) == (request.state == .error), "I4 errorType")
        expect((request.phase == .complete) == isTerminal, "I5 phase \(request.phase.rawValue)")
        expect(!isTerminal || request.owner == nil, "I21 a terminal request has an owner")
        expect(!isTerminal || request.handleStatus != .live, "I21 a terminal request has a live handle")
        expect(!isTerminal || request.nextTimer == nil, "I21 a terminal request has a timer")
        expect(!isTerminal || request.completedTime != nil, "completedTime is missing")
        expect(request.deletedTime == nil || isTerminal, "I25 a live request is deleted")
        let executes = request.state == .running || request.state == .cancelling
        expect(request.owner == nil || executes || request.phase == .postProcessStart, "an owner outside of execution")
        expect(
            !executes || request.owner != nil || request.awaitsAsynchronousAnswer
                || (livesByChildren(request) && hasLiveChildren()),
            "I13 executing without an owner and without a wait"
        )
        return found
    }

    /// Sets, schedules and jobs paused for sub-requests end with the last child.
    private static func livesByChildren(_ request: JobRequest) -> Bool {
        if request.lineage.type.isRecurringParent { return request.state == .cancelling }
        if request.facts.executor == nil { return true }
        return request.state == .cancelling && request.phase == .executePausedWaitForSubreq
    }

    /// I1, I2, I9, I10, I15, I19, I26: every new line of the history is a cell and begins where the last ended.
    func checkHistory(of request: JobRequest, _ steps: [TransitionStep], _ state: inout State) -> [String] {
        guard var life = state.lives[request.id] else { return ["request \(request.id) was never submitted"] }
        guard steps.count >= life.historyCount else { return ["I9 request \(request.id): history was lost"] }
        var found: [String] = []
        func expect(_ holds: Bool, _ message: @autoclosure () -> String) {
            if !holds { found.append("request \(request.id): \(message())") }
        }
        for index in life.historyCount..<steps.count {
            let step = steps[index]
            let previous = index > 0 ? steps[index - 1] : nil
            expect(step.from == previous?.to ?? .wait, "I9 \(step) does not follow")
            expect(step.time >= previous?.time ?? request.submissionTime, "I59 \(step) goes back in time")
            if step.refusal != nil {
                expect(step.from == step.to && step.refusal == 1052, "I18 \(step) had an effect")
                continue
            }
            expect(RequestTransition.permits(step.event, from: step.from, to: step.to), "I1 \(step) is no cell")
            expect(!step.from.isTerminal, "I2 \(step)")
            if step.from == .cancelling { expect([.cancelled, .error].contains(step.to), "I15 \(step)") }
            learn(step, &life, expect)
            let isDeleted = !state.metadata.isThere(request.facts.definitionID)
            expect(step.event != .userUnusable || !state.metadata.isUsable(request), "\(step) of a user in force")
            expect(step.event != .validated || !isDeleted, "\(step) although its definition is gone")
            expect(step.event != .invalid || (isDeleted && request.cause == .metadataNotFound), "\(step) is wrong")
            state.passed[PassedCell(step.event, from: step.from, to: step.to), default: 0] += 1
        }
        let passed = steps.last { $0.refusal == nil }
        expect(passed?.to ?? .wait == request.state, "I9 the history does not end in \(request.state.rawValue)")
        expect(passed?.from == request.previousState, "I9 previousState")
        if let passed { expect(request.stateChangeTime == passed.time, "I9 stateChangeTime") }
        expect(steps.count { $0.refusal != nil } == request.lateCalls, "I9 late calls")
        life.historyCount = steps.count
        state.lives[request.id] = life
        return found
    }

    private func learn(
        _ step: TransitionStep,
        _ life: inout AuditedLife,
        _ expect: (Bool, @autoclosure () -> String) -> Void
    ) {
        if step.to.isTerminal {
            life.endings += 1
            expect(life.endings == 1, "I19 it ended \(life.endings) times")
        }
        switch step.to {
        case .cancelling: life.cancelBegun = step.time
        case .errorAutoRetry:
            expect(life.retries < life.policy.retries, "I26 a retry too many")
            let failures: [RequestEventKind] = [
                .reportError, .complete, .executableSystemError, .nodeLostExecuting, .preProcessSystemError,
                .stepsFailed,
            ]
            expect(failures.contains(step.event), "I26 \(step.event) is no SYSTEM error")
            life.retryNotBefore = step.time + life.shortestRetryDelay
        case .wait where step.from == .errorAutoRetry:
            expect(step.time >= life.retryNotBefore ?? step.time, "I27 \(step) came before its delay")
        default: break
        }
        if step.to == .cancelling || step.to == .cancelled { life.isCancelled = true }
        // Behind a callout its answer tells (`learnCallout`).
        if step.event == .start, !life.policy.hasPreProcess { life.hasInitiated = true }
        expect(step.from != .completed || step.to != .running, "I60 it runs again after its good end")
        if step.to == .completed { life.isDone = true }
        if step.to != step.from { life.readySince = step.to == .ready ? step.time : nil }
        // From its start until it ends or pauses, whether or not somebody has asked it to end (runtime §7.2).
        if step.to == .running { life.usesSlot = true } else if step.to != .cancelling { life.usesSlot = false }
    }

    /// I10, I17, I28, I57: what a commit may do to a request, against what the auditor knows.
    func checkLife(from old: JobRequest?, to new: JobRequest, _ state: inout State) -> [String] {
        guard let life = state.lives[new.id] else { return [] }
        var found: [String] = []
        func expect(_ holds: Bool, _ message: @autoclosure () -> String) {
            if !holds { found.append("request \(new.id): \(message())") }
        }
        expect(new.attempt == life.attempts, "I10 attempt \(new.attempt) instead of \(life.attempts)")
        expect(new.retriedCount == life.retries, "I10 \(new.retriedCount) retries instead of \(life.retries)")
        expect(new.epoch == life.newestEpoch, "I57 epoch \(new.epoch?.value ?? 0)")
        if let due = life.due { expect(new.scheduledTime == due, "I28 its time was moved") }
        expect(new.lastCheckIn == life.lastCheckIn, "I17 its last check-in")
        let isStill = new.state == .wait || new.state == .ready || new.state == .hold
        if isStill { expect((new.state == .hold) == life.isHeld, "I24 held: \(life.isHeld), \(new.state.rawValue)") }
        if new.state == .expired, old?.state != .expired {
            let isLate = life.expiration.map { $0 <= new.stateChangeTime } ?? false
            let overlap = new.lineage.parentID.flatMap { state.trees.schedules[$0]?.overlap }
            expect(isLate || overlap == .skip, "I29 it expired before its time")
        }
        if new.state == .cancelling { expect(new.cancelInitiatedTime == life.cancelBegun, "I17 the clock moved") }
        if let newest = life.newestEpoch, life.dead.contains(newest) {
            expect(new.handleStatus == .dead, "I18 its handle is \(new.handleStatus.rawValue), not dead")
        }
        if let old, old.state.isTerminal { expect(old.state == new.state && old.cause == new.cause, "I2 it changed") }
        return found
    }
}
