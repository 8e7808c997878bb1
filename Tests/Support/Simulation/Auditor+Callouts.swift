import SchedulerCore

/// Callouts before and after the executable (I60, runtime §9.4).
extension Auditor {
    /// Learns from what a callout answered; nothing is executed once the executable has come to a good end.
    static func learnCallout(
        _ event: RequestEvent,
        _ before: JobRequest,
        _ after: JobRequest?,
        _ state: inout State,
        _ now: Timestamp
    ) {
        let answer: CalloutAnswer
        switch event {
        case .executableEnded, .processPrepared, .asynchronousStartAccepted:
            let isDone = state.lives[before.id]?.isDone == true
            state.expect(!isDone, "I60 request \(before.id) has executed again: \(event)")
            return
        case .preProcessed(let given):
            answer = given
            state.count(.preProcessed)
            state.expect(before.state == .running || before.state == .cancelling, "\(before.id) was pre-processed late")
            // It goes on without a step of the history.
            guard before.state == .running, given.letsGoOn else { break }
            update(&state, before.id) { life in
                life.hasInitiated = true
                if case .warn = given { life.isWarned = true }
            }
        case .postProcessed(let given):
            answer = given
            state.expect(before.state == .completed || before.state == .cancelling, "\(before.id) was post-processed")
            guard before.state == .completed, given.letsGoOn else { break }
            var isWarned = before.executableState == .warning || state.lives[before.id]?.isWarned == true
            if case .warn = given { isWarned = true }
            let end: RequestState = isWarned ? .warning : .succeeded
            state.expect(after?.state == end, "\(before.id) is not \(end.rawValue) after its post-processing")
        default: return
        }
        guard before.state != .cancelling, case .delay(let pause, _) = answer else { return }
        let due = now + max(pause ?? before.policy.reprocessDelay, .seconds(1))
        update(&state, before.id) { $0.callNotBefore = due }
        let isPre = before.state == .running
        state.count(isPre ? .preDelayed : .postDelayed)
        state.expect(after?.state == (isPre ? .wait : .completed), "request \(before.id) is not delayed")
        state.expect(after?.attempt == before.attempt, "I10 a DELAY of \(before.id) has begun another attempt")
    }

    /// A node takes what has been executed, to call its post-processing.
    static func checkPostProcess(of request: JobRequest, _ state: inout State, _ content: MemoryContent) {
        guard let life = state.lives[request.id], let epoch = request.epoch else { return }
        let place = "I60 request \(request.id)"
        // The last step of a set may have ended in the same pass.
        let former = state.content.history[request.id]?.count ?? 0
        let isDone =
            life.isDone || (content.history[request.id] ?? []).dropFirst(former).contains { $0.to == .completed }
        state.expect(
            isDone && request.phase == .postProcessStart,
            "\(place) was taken in \(request.phase.rawValue)"
        )
        state.expect(life.callNotBefore == nil, "\(place) is called again before its time")
        state.expect(
            state.epochs.allSatisfy { $0 < epoch },
            "I57 epoch \(epoch) of request \(request.id) has not grown"
        )
        state.epochs = [epoch]
        let executed = state.content.requests[request.id]?.executableState
        state.expect(!life.isDone || request.executableState == executed, "\(place) forgets how it was executed")
        state.count(.postProcessTaken)
        if state.content.requests[request.id]?.phase == .postProcessStart { state.count(.calloutRepeated) }
        update(&state, request.id) { life in
            if let former = life.newestEpoch { life.dead.insert(former) }
            life.newestEpoch = epoch
        }
    }
}

extension CalloutAnswer {
    /// Behind such an answer the executable follows, or a good end.
    fileprivate var letsGoOn: Bool {
        switch self {
        case .proceed, .warn: true
        case .delay, .cancel, .businessError, .systemError, .failed: false
        }
    }
}
