import SchedulerCore

/// Sub-requests and the pauses of their parents (I48 to I51).
extension Auditor {
    static func checkSubRequests(of parent: JobRequest, in tree: TreeView, _ state: inout State) {
        let live = tree.liveChildren(of: parent)
        let place = "request \(parent.id) in \(parent.state.rawValue)"
        let mayHave = [.running, .paused, .cancelling].contains(parent.state)
        state.expect(mayHave || live.isEmpty, "I51 \(place) has sub-requests \(live.map(\.id))")
        if parent.state == .paused, state.lives[parent.id]?.awaitsRound == true {
            let phase: ProcessPhase = live.isEmpty ? .executePaused : .executePausedWaitForSubreq
            state.expect(parent.phase == phase, "I49 \(place), phase \(parent.phase.rawValue), with \(live.map(\.id))")
            let hadLive = tree.children(of: parent).contains { tree.before[$0.id]?.state.isTerminal == false }
            if live.isEmpty, hadLive { state.count(.roundEnded) }
        }
        guard let former = tree.before[parent.id], [.running, .paused].contains(former.state), !mayHave else { return }
        let wasCancelled = tree.newSteps(of: parent, state.content).contains { $0.to == .cancelling }
        for child in tree.children(of: parent) where tree.before[child.id]?.state.isTerminal == false {
            let hasStarted = state.lives[child.id]?.hasStarted == true
            let isRight = child.state == .cancelled && child.cause == .parentNotPaused && !hasStarted
            state.expect(wasCancelled || isRight, "I51 \(place): \(child.id) ended by \(child.cause.rawValue)")
            if isRight { state.count(.neverStarted) }
        }
    }

    /// A pause, by the end of an executable or a report: what it hands over, and whom it sets free.
    static func learnPause(of parent: JobRequest, handing text: String?, _ state: inout State, _ now: Timestamp) {
        let children = state.content.requests.values.filter {
            $0.lineage.parentID == parent.id && !$0.state.isTerminal
        }
        for child in children { update(&state, child.id) { $0.due = $0.due ?? now } }
        update(&state, parent.id) { life in
            life.pausedState = text
            life.awaitsRound = true
        }
        if children.isEmpty { state.count(.emptyPause) }
    }

    /// I48, I49, I50: who starts below a pause, and who goes on after it.
    static func checkPauses(
        before: JobRequest?,
        of request: JobRequest,
        _ state: inout State,
        _ content: MemoryContent
    ) {
        if request.lineage.type == .subRequest, let parentID = request.lineage.parentID, before?.state != .paused {
            let isPaused = state.content.requests[parentID]?.state == .paused
            let awaits = state.lives[parentID]?.awaitsRound == true
            state.expect(isPaused && awaits, "I48 sub-request \(request.id) was started outside of a pause")
            state.count(.subRequestStarted)
        }
        guard let before, before.state == .paused else { return }
        let live = content.requests.values.filter { $0.lineage.parentID == request.id && !$0.state.isTerminal }
        state.expect(live.isEmpty, "I49 request \(request.id) was resumed beside \(live.map(\.id))")
        let life = state.lives[request.id]
        state.expect(life?.awaitsRound == true, "I49 request \(request.id) was resumed without a pause")
        state.expect(request.pausedState == life?.pausedState, "I50 request \(request.id) got another paused state")
        state.expect(request.attempt == before.attempt, "I10 request \(request.id) was resumed as another attempt")
    }
}
