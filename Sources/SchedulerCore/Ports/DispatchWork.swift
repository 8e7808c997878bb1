/// What a dispatch pass does by the work plan of its node (runtime §7.2).
///
/// Where nothing is bound to any node there is no plan, and no request is looked at.
struct DispatchWork {
    let plan: WorkPlan?
    private var use: WorkUse
    /// Whether the store was asked how many attempts the limits of shifts count.
    private var knowsSlots = false
    private var acceptances: [WorkGroup: WorkAcceptance] = [:]
    /// Groups of which nothing more starts in this pass, since what they need is in use.
    private(set) var full: Set<WorkClass> = []
    /// Requests in WAIT that were met and are of such a group.
    private(set) var waiting: [JobRequest] = []

    /// That of a node without a plan.
    init() {
        plan = nil
        use = WorkUse()
    }

    init(_ claim: Claim, _ context: DecisionContext, now: Timestamp) {
        let used = claim.inUse.values.reduce(0, +)
        plan = context.work.plan(
            node: claim.admission.name,
            threads: claim.threads ?? claim.limit + used,
            isNewcomer: claim.isNewcomer,
            now: now
        ).flatMap { $0.isEverything ? nil : $0 }
        // The default assignment has as many threads as the claim asks for; the others have shares of them.
        use = WorkUse(byAssignment: claim.inUse)
    }

    /// The class of a request, where the node takes nothing of it before its plan changes; nil where it may.
    mutating func closed(_ request: JobRequest) -> WorkClass? {
        guard let plan else { return nil }
        let group = request.workGroup
        return acceptance(of: group, by: plan).isClosed ? WorkClass(group) : nil
    }

    /// Whether a candidate starts, and under what.
    ///
    /// - Parameters:
    ///   - request: of a group that is not closed.
    ///   - transaction: asked for what the cluster runs where that is limited.
    /// - Returns: the grant; `waits` where nothing more of its group starts in this pass.
    /// - Throws: the store's errors.
    mutating func decide(
        _ request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> WorkDecision {
        guard let plan else { return .accepted(nil) }
        let group = request.workGroup
        let acceptance = acceptance(of: group, by: plan)
        if let kind = group.kind, !knowsSlots, acceptance.shares.contains(where: { plan.shares[$0].slot(kind) != nil })
        {
            // All at once, so that no two passes wait for each other's.
            let slots = plan.shares.flatMap { share in WorkLimitKind.allCases.compactMap { share.slot($0) } }
            use.slots = try transaction.inUse(slots)
            knowsSlots = true
        }
        let decision = plan.decide(acceptance, group.demand, use)
        if case .waits = decision {
            full.insert(WorkClass(group))
            if request.state == .wait { waiting.append(request) }
        }
        return decision
    }

    /// Counts what was started.
    mutating func note(_ request: JobRequest) {
        guard plan != nil, let assignment = request.workAssignment else { return }
        if request.owner != nil { use.threadsByAssignment[assignment, default: 0] += 1 }
        if let slot = request.workSlot { use.slots[slot, default: 0] += 1 }
    }

    private mutating func acceptance(of group: WorkGroup, by plan: WorkPlan) -> WorkAcceptance {
        if let known = acceptances[group] { return known }
        let found = plan.acceptance(of: group.facts)
        acceptances[group] = found
        return found
    }
}
