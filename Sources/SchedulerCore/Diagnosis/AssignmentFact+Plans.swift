extension AssignmentFact {
    /// Asks the plans of living nodes for a request, without regard to what is in use: only the nodes know that.
    ///
    /// - Parameters:
    ///   - request: that waits.
    ///   - nodes: whose plans count.
    ///   - model: of the assignments in force.
    ///   - now: store time.
    /// - Returns: each obstacle once; empty where some node's plan takes the request, and where no node lives.
    package static func all(
        for request: JobRequest,
        nodes: [DiagnosisNode],
        model: WorkModel,
        now: Timestamp
    ) -> [AssignmentFact] {
        var found: [AssignmentFact] = []
        for node in nodes where node.isAlive {
            let plan = model.plan(of: node, at: now)
            let demand = WorkDemand(needsThread: false)
            switch plan.decide(request.facts.workGroup.facts, demand, WorkUse()) {
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
        case .noFreeThread, .asyncLimit: return nil
        }
    }
}

extension WorkModel {
    /// What a node works on at an instant, as far as it has told of itself.
    package func plan(of node: DiagnosisNode, at instant: Timestamp) -> WorkPlan {
        plan(node: node.name, threads: node.offer?.threads ?? DiagnosisNode.unknownThreads, now: instant)
    }
}
