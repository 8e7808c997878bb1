import SchedulerCore

extension Auditor {
    /// I3, I4, I5, I21: what must hold of one stored request.
    static func checkShape(of request: JobRequest) -> [String] {
        var found: [String] = []
        func expect(_ holds: Bool, _ message: String) {
            if !holds { found.append("\(message): request \(request.id) in \(request.state.rawValue)") }
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
        expect(request.owner == nil || executes, "an owner outside of execution")
        expect(
            !executes || request.owner != nil || request.awaitsAsynchronousAnswer,
            "I13 executing without an owner and without a wait"
        )
        return found
    }

    /// I1, I9, I10, I27: every line of the history is a cell, each begins where the last ended.
    static func checkHistory(of request: JobRequest, _ steps: [TransitionStep]) -> [String] {
        var found: [String] = []
        var state = RequestState.wait
        var previous: RequestState?
        var time = request.submissionTime
        for step in steps {
            if step.from != state {
                found.append("I9 request \(request.id): \(step) does not follow \(state.rawValue)")
            }
            if !RequestTransition.permits(step.event, from: step.from, to: step.to) {
                found.append("I1 request \(request.id): \(step) is no cell")
            }
            if step.from.isTerminal { found.append("I2 request \(request.id): \(step)") }
            if step.from == .cancelling, step.to != .cancelled, step.to != .error {
                found.append("I15 request \(request.id): \(step)")
            }
            if step.time < time { found.append("I59 request \(request.id): \(step) goes back in time") }
            previous = step.from
            state = step.to
            time = step.time
        }
        if state != request.state { found.append("I9 request \(request.id): history ends in \(state.rawValue)") }
        if previous != request.previousState { found.append("I9 request \(request.id): previousState") }
        let attempts = steps.filter { [.retryDue, .recoverRetry].contains($0.event) }.count + 1
        if attempts != request.attempt { found.append("I10 request \(request.id): attempt \(request.attempt)") }
        let starts = steps.filter { $0.event == .start }
        if starts.contains(where: { $0.time < request.scheduledTime }) { found.append("I28 request \(request.id)") }
        if let first = starts.first, let expiration = request.expiration, first.time >= expiration {
            found.append("I29 request \(request.id) started after its expiration")
        }
        if request.retriedCount > request.policy.retries { found.append("I26 request \(request.id)") }
        return found
    }

    /// I2, I10, I17, I57: what one step may do to a request.
    static func checkChange(from old: JobRequest, to new: JobRequest) -> [String] {
        var found: [String] = []
        if old.state.isTerminal, old.state != new.state { found.append("I2 request \(new.id)") }
        if new.attempt < old.attempt || new.attempt > old.attempt + 1 { found.append("I10 request \(new.id)") }
        if let before = old.epoch, (new.epoch ?? AttemptEpoch(0)) < before {
            found.append("I57 request \(new.id): the epoch went back")
        }
        if let before = old.lastCheckIn, (new.lastCheckIn ?? Timestamp(milliseconds: 0)) < before {
            found.append("I17 request \(new.id): a check-in was forgotten")
        }
        if old.state == .cancelling, new.state == .cancelling, old.cancelInitiatedTime != new.cancelInitiatedTime {
            found.append("I17 request \(new.id): a second cancel moved the clock")
        }
        return found
    }

    /// I57: no epoch is used twice.
    static func checkEpochs(_ content: MemoryContent) -> [String] {
        let epochs = content.requests.values.compactMap(\.epoch)
        return Set(epochs).count == epochs.count ? [] : ["I57 two requests share an epoch"]
    }
}
