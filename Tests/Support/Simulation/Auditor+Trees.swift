import SchedulerCore

/// What must hold between the requests of a tree after each commit (I11, I14, I23, I25, and what parents keep).
extension Auditor {
    static func checkTrees(_ changed: [RequestID], _ content: MemoryContent, _ state: inout State) {
        let before = state.content.requests
        let roots = Set(changed.compactMap { content.requests[$0]?.lineage.absParentID })
        for root in roots.sorted() {
            let tree = TreeView(root: root, before: before, after: content)
            for request in tree.members {
                check(request, in: tree, &state)
                if request.lineage.type.isRecurringParent {
                    checkSchedule(of: request, in: tree, &state)
                } else if request.facts.executor == nil {
                    checkSet(request, in: tree, &state)
                } else {
                    checkSubRequests(of: request, in: tree, &state)
                }
            }
        }
    }

    private static func check(_ request: JobRequest, in tree: TreeView, _ state: inout State) {
        let live = tree.liveChildren(of: request)
        let place = "request \(request.id) in \(request.state.rawValue)"
        state.expect(!request.state.isTerminal || live.isEmpty, "I11 \(place) has \(live.map(\.id)) below")
        if request.state == .cancelling {
            for child in live where child.state != .cancelling {
                state.violations.append("I14 \(place) has \(child.id) in \(child.state.rawValue) below")
            }
        }
        if let parent = request.lineage.parentID.flatMap({ tree.after.requests[$0] }) {
            let isAsParent = (request.deletedTime != nil) == (parent.deletedTime != nil)
            let isInPart = state.purges.isInPart(request.lineage.absParentID)
            state.expect(isAsParent || isInPart, "I25 \(place) is not deleted with its tree")
            state.expect(request.kinship.depth == parent.kinship.depth + 1, "\(place) is not below its parent")
            // One that is made by the instance parent itself knows the attempt from its parent, too.
            let attempt = request.kinship.instanceParentAttempt
            let isOwn = request.lineage.instanceParentID == request.id
            let isDirect = request.lineage.instanceParentID == parent.id
            let expected = isOwn ? 0 : isDirect ? request.lineage.parentAttempt : parent.kinship.instanceParentAttempt
            state.expect(attempt == expected, "\(place) was made in attempt \(attempt) of its instance parent")
        } else {
            state.expect(request.kinship.depth == 0, "\(place) is a root and has a depth")
        }
        checkKinship(of: request, live: live, in: tree, &state)
        checkGate(of: request, in: tree, &state)
    }

    /// What a request keeps of its relatives is what they are.
    private static func checkKinship(
        of request: JobRequest,
        live: [JobRequest],
        in tree: TreeView,
        _ state: inout State
    ) {
        let kinship = request.kinship
        let started = live.filter { state.lives[$0.id]?.hasStarted == true }
        let isRecurring = request.lineage.type.isRecurringParent
        let extras = state.trees.schedules[request.id]?.extras ?? []
        let next = live.filter {
            $0.state.isPending && state.lives[$0.id]?.hasStarted == false && !extras.contains($0.id)
        }
        let kept = "request \(request.id) in \(request.state.rawValue) keeps"
        state.expect(kinship.liveChildren == live.count, "\(kept) \(kinship.liveChildren) live, not \(live.count)")
        state.expect(kinship.newestChild == tree.children(of: request).last?.id, "\(kept) another newest child")
        let active = isRecurring ? started.count : 0
        state.expect(kinship.activeInstances == active, "\(kept) \(kinship.activeInstances) active, not \(active)")
        let gated = isRecurring ? live.count { $0.kinship.gate == .earlierInstance } : 0
        state.expect(kinship.gatedInstances == gated, "\(kept) \(kinship.gatedInstances) gated, not \(gated)")
        state.expect(
            kinship.nextInstance == (isRecurring ? next.first?.id : nil),
            "I33 \(kept) \(kinship.nextInstance.map { "\($0)" } ?? "none") as next, not \(next.map(\.id))"
        )
        if request.lineage.type.isRecurringInstance, !request.state.isTerminal {
            let hasStarted = state.lives[request.id]?.hasStarted == true
            state.expect(kinship.isActiveInstance == hasStarted, "\(kept) that it started: \(kinship.isActiveInstance)")
        }
    }

    /// Nothing waits for a relative that is not in its way, and nothing starts through a closed gate.
    private static func checkGate(of request: JobRequest, in tree: TreeView, _ state: inout State) {
        guard !request.state.isTerminal, let parentID = request.lineage.parentID,
            let parent = tree.after.requests[parentID]
        else { return }
        let place = "request \(request.id) in \(request.state.rawValue)"
        let isPausedFor = state.lives[parentID]?.awaitsRound == true
        switch request.kinship.gate {
        case .earlierInstance:
            let hindering = tree.liveChildren(of: parent).filter {
                $0.id != request.id && state.lives[$0.id]?.hasStarted == true
            }
            let isDeferred = state.trees.schedules[parentID].map { $0.overlap != .allow } ?? false
            state.expect(isDeferred && !hindering.isEmpty, "I31 \(place) waits for no earlier instance")
            // Under `cancelPrevious` all that stands in the way is on its way out.
            let mayGoOn = state.trees.schedules[parentID]?.overlap != .cancelPrevious
            state.expect(
                mayGoOn || hindering.allSatisfy { $0.state == .cancelling },
                "I35 \(place) has cancelled nothing"
            )
            if tree.before[request.id]?.kinship.gate == nil { state.count(.deferred) }
        case .parentPause:
            state.expect(request.lineage.type == .subRequest && !isPausedFor, "I31 \(place) waits for no pause")
        case .slot:
            state.expect(request.state == .ready, "I55 \(place) waits for a slot")
        case nil:
            guard request.lineage.type == .subRequest, state.lives[request.id]?.hasStarted == false else { return }
            state.expect(isPausedFor, "I48 \(place) may start although its parent has not paused")
        }
    }
}
