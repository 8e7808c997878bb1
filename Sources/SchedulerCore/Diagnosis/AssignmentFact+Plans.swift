extension AssignmentFact {
    /// What counts the request in the plans of living nodes.
    package static func slots(
        for request: JobRequest,
        nodes: [DiagnosisNode],
        model: WorkModel,
        now: Timestamp
    ) -> Set<WorkSlot> {
        guard let kind = request.workGroup.kind else { return [] }
        return Set(
            nodes.filter(\.isAlive).flatMap { model.plan(of: $0, at: now).shares.compactMap { $0.slot(kind) } }
        )
    }

    /// Asks the nodes that may start a request for what their plans and threads say to it; where no node may, all
    /// that live and serve it, without regard to threads.
    ///
    /// - Parameters:
    ///   - request: that waits.
    ///   - nodes: with the threads of theirs that are in use.
    ///   - model: of the assignments in force.
    ///   - slotsInUse: how many attempts each of `slots` counts.
    ///   - now: store time.
    /// - Returns: each obstacle once; empty where some node takes the request, and where no node lives that serves it.
    package static func all(
        for request: JobRequest,
        nodes: [DiagnosisNode],
        model: WorkModel,
        slotsInUse: [WorkSlot: Int] = [:],
        now: Timestamp
    ) -> [AssignmentFact] {
        let group = request.workGroup
        let serving = nodes.filter { $0.isAlive && $0.serves(request.facts.workClass) }
        let able = serving.filter(\.isAble)
        var found: [AssignmentFact] = []
        for node in able.isEmpty ? serving : able {
            var demand = group.demand
            // Of a node that has not told how many threads it has, none is taken to be missing.
            let threads = able.isEmpty ? nil : node.offer?.threads
            if threads == nil { demand.needsThread = false }
            var obstacles = model.plan(of: node, at: now).obstacles(group.facts, demand, node.use(slots: slotsInUse))
            // A node that is full does not look at job sets either.
            if obstacles.isEmpty, let threads, node.isFull {
                obstacles = [.noFreeThread(nil, threads: threads, inUse: node.running)]
            }
            guard !obstacles.isEmpty else { return [] }
            for obstacle in obstacles { AssignmentFact(obstacle).join(&found) }
        }
        return found.contains { $0 != .noneBound } ? found.filter { $0 != .noneBound } : found
    }

    /// Threads of several nodes count together.
    private func join(_ found: inout [AssignmentFact]) {
        guard case .noFreeThread(let assignment, let threads, let inUse) = self else {
            if !found.contains(self) { found.append(self) }
            return
        }
        for index in found.indices {
            guard case .noFreeThread(assignment, let others, let othersInUse) = found[index] else { continue }
            found[index] = .noFreeThread(assignment, threads: others + threads, inUse: othersInUse + inUse)
            return
        }
        found.append(self)
    }

    private init(_ obstacle: WorkObstacle) {
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
        case .noFreeThread(let id, let threads, let inUse): self = .noFreeThread(id, threads: threads, inUse: inUse)
        }
    }
}

extension WorkPlan {
    /// Why requests with these facts may not start; empty = they may.
    fileprivate func obstacles(
        _ facts: SpecializationFacts,
        _ demand: WorkDemand,
        _ use: WorkUse
    ) -> [WorkObstacle] {
        switch decide(facts, demand, use) {
        case .accepted: []
        case .waits(let obstacles): obstacles
        }
    }
}

extension DiagnosisNode {
    fileprivate func use(slots: [WorkSlot: Int]) -> WorkUse {
        let byAssignment = runningByAssignment.compactMap { entry in entry.key.map { ($0, entry.value) } }
        return WorkUse(threads: running, byAssignment: Dictionary(uniqueKeysWithValues: byAssignment), slots: slots)
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
