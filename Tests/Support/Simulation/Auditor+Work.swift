import SchedulerCore
import Synchronization

/// Work assignments (I55, I56).
extension Auditor {
    /// Assignments are others from now on, or definitions are gone or back.
    func change(_ metadata: NaiveMetadata) {
        state.withLock { state in
            state.metadata = metadata
            state.areCirclesBroken = false
            state.context.catalogue = metadata.catalogue
        }
    }

    /// What a node serves, whether or not it lives.
    func place(of node: NodeID) -> NaivePlace { state.withLock { $0.cluster.views[node]?.place } ?? .everything }

    /// What the node of a claim may take, and how much.
    static func workPass(_ claim: Claim, _ state: State, _ now: Timestamp) -> NaiveWorkPass {
        let name = state.cluster.leases[claim.node]?.record.name ?? claim.processor
        let place = state.cluster.views[claim.node]?.place ?? .everything
        return NaiveWorkPass(state.work, claim, node: name, place: place, slots: slots(state), now: now)
    }

    /// Asynchronous jobs in the cluster by what counts them.
    static func slots(_ state: State) -> [NaiveWorkPass.Slot: Int] {
        state.lives.reduce(into: [:]) { found, entry in
            guard let slot = entry.value.slot else { return }
            // Post-processing is the end of the attempt, also when it is cancelled meanwhile.
            let request = state.content.requests[entry.key]
            let isCalled = (request?.state == .completed || request?.state == .cancelling) && request?.owner != nil
            if entry.value.usesSlot || isCalled { found[slot, default: 0] += 1 }
        }
    }

    /// I55: a node knows at least those of its threads that are in use.
    static func checkUse(_ claim: Claim, _ state: inout State) {
        guard let view = state.cluster.views[claim.node], !view.isGone else { return }
        let running = view.launcher.attempts.compactMap(\.claimed.request.workAssignment)
        for (assignment, attempts) in Dictionary(grouping: running, by: { $0 }) {
            let told = claim.inUse[assignment] ?? 0
            state.expect(
                told >= attempts.count,
                "I55 \(claim.node) tells of \(told) threads of \(assignment.name), not of \(attempts.count)"
            )
        }
    }

    /// I55, I56: a start is under what the auditor itself would have chosen.
    static func checkGrant(_ request: JobRequest, _ choice: NaiveWorkPass.Choice, _ state: inout State) {
        let actual = request.workAssignment.map { "\($0.name), \(request.workshift?.name ?? "no shift")" } ?? "nothing"
        var slot: NaiveWorkPass.Slot?
        switch choice {
        case .refused:
            state.violations.append("I55, I56 request \(request.id) was started under \(actual), which has no room")
        case .free:
            state.expect(
                request.workAssignment == nil,
                "I56 request \(request.id) was started under \(actual), not without an assignment"
            )
            state.count(.startedFreely)
        case .under(let assignment, let shift):
            let isRight = request.workAssignment?.name == assignment && request.workshift?.name == shift
            state.expect(
                isRight,
                "I56 request \(request.id) was started under \(actual), not \(assignment), \(shift)"
            )
            slot = .init(assignment: assignment, shift: shift)
            state.count(.startedUnderAssignment)
        }
        update(&state, request.id) { $0.slot = request.facts.mayBeAsynchronous ? slot : nil }
    }

    /// Notes what has kept requests from a node that has threads.
    static func noteRefusals(
        _ due: [JobRequest],
        _ pass: NaiveWorkPass,
        _ claim: Claim,
        _ state: inout State,
        _ now: Timestamp
    ) {
        guard let name = state.cluster.leases[claim.node]?.record.name else { return }
        for request in due where pass.choice(request) == .refused {
            guard pass.serves(request) else {
                state.count(.excludedByPlace)
                continue
            }
            let accepts = state.work.accepts(request.facts, on: name, now: now)
            state.count(accepts ? .shareUsedUp : .excludedByAssignment)
        }
    }
}
