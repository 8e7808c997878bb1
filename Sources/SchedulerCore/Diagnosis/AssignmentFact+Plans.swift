extension AssignmentFact {
    /// What counts the request in the plans of living nodes.
    package static func slots(
        for request: JobRequest,
        nodes: [DiagnosisNode],
        model: WorkModel,
        now: Timestamp
    ) -> Set<WorkSlot> {
        guard let kind = request.facts.workGroup.kind else { return [] }
        return Set(
            nodes.filter(\.isAlive).flatMap { model.plan(of: $0, at: now).shares.compactMap { $0.slot(kind) } }
        )
    }

    /// Asks the plans of living nodes for a request, without regard to the threads in use: only the nodes know them.
    ///
    /// - Parameters:
    ///   - request: that waits.
    ///   - nodes: whose plans count.
    ///   - model: of the assignments in force.
    ///   - slotsInUse: how many attempts each of `slots` counts.
    ///   - now: store time.
    /// - Returns: each obstacle once; empty where some node's plan takes the request, and where no node lives.
    package static func all(
        for request: JobRequest,
        nodes: [DiagnosisNode],
        model: WorkModel,
        slotsInUse: [WorkSlot: Int] = [:],
        now: Timestamp
    ) -> [AssignmentFact] {
        let group = request.facts.workGroup
        let demand = WorkDemand(needsThread: false, kind: group.kind)
        let use = WorkUse(slots: slotsInUse)
        var found: [AssignmentFact] = []
        for node in nodes where node.isAlive {
            let plan = model.plan(of: node, at: now)
            switch plan.decide(group.facts, demand, use) {
            case .accepted: return []
            case .waits(let obstacles):
                for fact in obstacles.compactMap(AssignmentFact.init) where !found.contains(fact) { found.append(fact) }
            }
        }
        return found
    }

    private init?(_ obstacle: WorkObstacle) {
        switch obstacle {
        case .noBoundAssignment: self = .noneBound
        case .disabled(let id): self = .disabled(id)
        case .inactive(let id, let workshift, let nextWindow):
            self = .inactive(id, workshift: workshift, nextWindow: nextWindow)
        case .asyncLimit(let slot, let limit, let inUse):
            self = .asyncLimit(
                slot.assignment,
                workshift: slot.workshift,
                execType: slot.kind.rawValue,
                limit: limit,
                inUse: inUse
            )
        case .noFreeThread: return nil
        }
    }
}

extension WorkModel {
    /// What a node works on at an instant, as far as it has told of itself.
    package func plan(of node: DiagnosisNode, at instant: Timestamp) -> WorkPlan {
        plan(
            node: node.name,
            threads: node.offer?.threads ?? DiagnosisNode.unknownThreads,
            isNewcomer: node.offer?.isNewcomer ?? false,
            now: instant
        )
    }
}
