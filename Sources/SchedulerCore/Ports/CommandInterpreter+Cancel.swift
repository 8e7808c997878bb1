/// A cancel reaches the whole tree below a request, in one transaction (runtime §3.1).
extension CommandInterpreter {
    /// Cancels a request that has living children, and those, and so on; then tells its parent.
    ///
    /// The leaves are decided first: who has children that all end with it, ends with them.
    static func cancelTree(
        _ top: JobRequest,
        audit: AuditEntry?,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var cancel = TreeCancel(context: context, now: transaction.now)
        try cancel.read(below: [top.id], in: &transaction)
        _ = cancel.decide(top)
        var changes: [RequestChange] = []
        for (before, decision) in cancel.decisions.reversed() where before.id != top.id {
            let after = try save(decision, over: before, in: &transaction)
            changes.append(RequestChange(after, effects: decision.effects))
        }
        guard let decision = cancel.decisions.last, decision.before.id == top.id else { return changes }
        return try write(decision.decision, over: top, audit: audit, context: context, in: &transaction) + changes
    }

    /// Cancels all below a request that became CANCELLING by other means than a cancel, such as a timeout.
    static func cancelChildren(
        of parent: inout JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var cancel = TreeCancel(context: context, now: transaction.now)
        try cancel.read(below: [parent.id], in: &transaction)
        parent.kinship = cancel.cancelChildren(of: parent)
        return try cancel.decisions.map { before, decision in
            RequestChange(try save(decision, over: before, in: &transaction), effects: decision.effects)
        }
    }
}

/// Decides the cancel of a tree, leaves first.
private struct TreeCancel {
    let context: DecisionContext
    let now: Timestamp
    private var children: [RequestID: [JobRequest]] = [:]
    /// In the order in which they were decided.
    private(set) var decisions: [(before: JobRequest, decision: Decision)] = []

    init(context: DecisionContext, now: Timestamp) {
        self.context = context
        self.now = now
    }

    /// Reads the living requests below, level by level.
    mutating func read(below parents: [RequestID], in transaction: inout some RequestTransaction) throws {
        var level = parents
        while !level.isEmpty {
            let found = try transaction.liveChildren(of: level)
            for child in found {
                guard let parent = child.lineage.parentID else { continue }
                children[parent, default: []].append(child)
            }
            level = found.filter { $0.kinship.liveChildren > 0 }.map(\.id)
        }
    }

    /// - Returns: the request as it will be; as it is where nothing changes.
    mutating func decide(_ request: JobRequest) -> JobRequest {
        var adjusted = request
        adjusted.kinship = cancelChildren(of: request)
        switch RequestMachine.decide(.cancel, for: adjusted, now: now, settings: context.settings) {
        case .changed(let decision):
            decisions.append((request, decision))
            return decision.request
        default:
            if adjusted != request { decisions.append((request, Decision(adjusted))) }
            return adjusted
        }
    }

    /// - Returns: what the parent keeps of its children once they are cancelled.
    mutating func cancelChildren(of parent: JobRequest) -> Kinship {
        var kinship = parent.kinship
        for child in children[parent.id] ?? [] {
            let after = decide(child)
            ChildMove(child, after).count(in: &kinship)
            if after.state.isTerminal, kinship.nextInstance == after.id { kinship.nextInstance = nil }
        }
        return kinship
    }
}
