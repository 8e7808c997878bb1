import SchedulerCore

/// I62: after each commit every request that has not ended has a diagnosis, and what it names exists and stands in the
/// way, by what the auditor itself knows of states, families, locks and nodes.
extension Auditor {
    /// Each request is asked about when it has changed, and else every so many commits: all of them each time would take
    /// most of a run.
    private static let askedEvery: Int64 = 8

    func checkDiagnoses(_ changed: [RequestID], _ content: MemoryContent, _ state: inout State) {
        state.diagnosisRound += 1
        let changed = Set(changed)
        let round = state.diagnosisRound % Self.askedEvery
        var transaction = MemoryTransaction(content: content, now: content.lastTime)
        let context = state.context
        let view = LockView(content.requests, content, state.work)
        let nodes = knownNodes(content, state)
        let lives = state.lives
        for request in content.requests.values
        where !request.state.isTerminal
            && (changed.contains(request.id) || request.id.value % Self.askedEvery == round)
        {
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
            DiagnosisNode(
                name: lease.record.name,
                isAlive: lease.end > now,
                isQuiesced: state.cluster.standing(of: lease.record.id, now) == .quiesced,
                running: content.requests.values.count { $0.owner == lease.record.id },
                offer: NodeOffer(threads: threads)
            )
        }
    }
}
