import SchedulerCore

/// What a dispatch loop keeps from its passes for the next.
struct DispatchMemory {
    /// Most classes of work that the node remembers not to take on.
    static let passedOverLimit = 10_000

    /// Classes that this node met and does not take on. Which applications, clusters and names it takes is fixed while
    /// it lives; which groups, by its work plan.
    private(set) var passedOver: Set<WorkClass> = []
    private(set) var plan: WorkPlan?
    private var passesSinceReady = 0
    private var emptyPasses = DispatchLoop.emptyPassesUntilReady
    /// How many starving requests the last look has met.
    private(set) var starving = 0
    /// Store time from which on something may be starving.
    private(set) var starvesFrom = Timestamp(milliseconds: .min)

    /// Whether the next pass makes READY what finds no thread. While threads come free it hardly ever does: what a
    /// thread will take in a moment is not written twice.
    var makesReady: Bool {
        emptyPasses >= DispatchLoop.emptyPassesUntilReady || passesSinceReady >= DispatchLoop.passesUntilReady
    }

    /// Takes up a pass.
    ///
    /// - Parameter result: of an active node.
    /// - Returns: whether the pass has gone by an old plan, so that another is due at once.
    mutating func note(_ result: ClaimResult) -> Bool {
        let isNewPlan = result.plan != plan
        var goesByOldPlan = false
        if isNewPlan {
            let kept = passedOver.filter { $0.group == nil }
            goesByOldPlan = kept.count < passedOver.count
            passedOver = kept
            plan = result.plan
            starvesFrom = Timestamp(milliseconds: .min)
        }
        remember(result.passedOver)
        passesSinceReady = makesReady ? 0 : passesSinceReady + 1
        emptyPasses = result.started.isEmpty ? emptyPasses + 1 : 0
        starving = result.starving ?? starving
        // A new plan may take what was not looked at.
        if !isNewPlan, let from = result.starvesFrom { starvesFrom = from }
        return goesByOldPlan
    }

    private mutating func remember(_ classes: Set<WorkClass>) {
        guard !classes.isEmpty else { return }
        // Bounded: a class that is forgotten is met again.
        if passedOver.count + classes.count > Self.passedOverLimit { passedOver = [] }
        passedOver.formUnion(classes)
    }
}
