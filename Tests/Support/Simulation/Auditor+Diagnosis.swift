import SchedulerCore
import Synchronization

/// I62: at every moment each request that has not ended has a diagnosis, and what it names exists and stands in the
/// way, by what the auditor itself knows of states, families, locks, assignments and nodes.
extension Auditor {
    /// Asks about all that have not ended.
    ///
    /// - Parameters:
    ///   - content: as it is.
    ///   - now: store time.
    func askAll(_ content: MemoryContent, now: Timestamp) {
        var content = content
        content.lastTime = max(content.lastTime, now)
        state.withLock { state in
            let ids = content.requests.values.filter { !$0.state.isTerminal }.map(\.id).sorted()
            checkDiagnoses(ids, content, &state)
        }
    }

    func checkDiagnoses(_ asked: [RequestID], _ content: MemoryContent, _ state: inout State) {
        var transaction = MemoryTransaction(content: content, now: content.lastTime)
        let context = state.context
        let view = LockView(content.requests, content, state.work)
        let nodes = knownNodes(content, state)
        let slots = Self.slots(state)
        let slotsInUse = Dictionary(uniqueKeysWithValues: slots.map { ($0.key.slot, $0.value) })
        let lives = state.lives
        for request in asked.compactMap({ content.requests[$0] }) where !request.state.isTerminal {
            let place = "I62 request \(request.id) in \(request.state.rawValue)"
            guard
                let facts = try? CommandInterpreter.diagnosisFacts(of: request.id, context: context, in: &transaction)
            else {
                state.violations.append("\(place) has no diagnosis")
                continue
            }
            let found = Diagnosis(
                facts,
                nodes: nodes,
                assignments: AssignmentFact.all(
                    for: facts.request,
                    nodes: nodes,
                    model: context.work.model,
                    slotsInUse: slotsInUse,
                    now: facts.now
                )
            )
            state.expect(found.code != nil, "\(place) has no reason")
            let witness = DiagnosisWitness(
                diagnosis: found,
                request: request,
                content: content,
                locks: view,
                nodes: nodes,
                work: state.work,
                slots: slots,
                hasStarted: { lives[$0]?.hasStarted == true },
                callNotBefore: lives[request.id]?.callNotBefore
            )
            let complaints = witness.complaints
            state.violations += complaints.map { "\(place): \($0)" }
            for reason in found.reasons { state.diagnosed[reason.code, default: 0] += 1 }
        }
    }

    /// Nodes by the leases that the auditor has seen granted, each with as many threads as all have.
    private func knownNodes(_ content: MemoryContent, _ state: State) -> [DiagnosisNode] {
        let now = content.lastTime
        return state.cluster.leases.values.sorted { $0.record.name < $1.record.name }.map { lease in
            let attempts = content.requests.values.filter { $0.owner == lease.record.id }
            let place = state.cluster.views[lease.record.id]?.place ?? .everything
            return DiagnosisNode(
                name: lease.record.name,
                isAlive: lease.end > now,
                isQuiesced: state.cluster.standing(of: lease.record.id, now) == .quiesced,
                running: attempts.count,
                runningByAssignment: Dictionary(grouping: attempts, by: \.workAssignment)
                    .mapValues(\.count),
                offer: NodeOffer(
                    applications: place.applications,
                    logicalClusters: place.clusters,
                    threads: threads
                )
            )
        }
    }
}
