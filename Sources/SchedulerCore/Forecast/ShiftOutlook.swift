/// Tells what work assignments will say to a request at instants to come (administration §4).
///
/// It keeps the plans of the nodes from one change of a shift to the next, since starts come in order and most fall
/// between two.
package struct ShiftOutlook: Sendable {
    /// What becomes of a start.
    package enum View: Hashable, Sendable {
        /// Some node takes it.
        case open
        /// No shift is on; with the assignment whose next one begins first, and when. Nil = none will.
        case closed(MetadataObjectID, workshift: MetadataObjectID?, opening: Timestamp?)
        /// No assignment takes it, or those that would are switched off.
        case never
    }

    /// A time in which no shift begins or ends.
    private struct Stretch: Sendable {
        let from: Timestamp
        /// Nil = for ever.
        let until: Timestamp?
        /// Of each node, in their order.
        let plans: [WorkPlan]
    }

    private let model: WorkModel
    private let nodes: [DiagnosisNode]
    /// By their beginnings.
    private var stretches: [Stretch] = []

    /// - Parameters:
    ///   - model: of the assignments in force.
    ///   - nodes: of the cluster; those that do not live count for nothing.
    package init(_ model: WorkModel, nodes: [DiagnosisNode]) {
        self.model = model
        self.nodes = nodes.filter(\.isAlive)
    }

    /// - Parameters:
    ///   - facts: of the request.
    ///   - instant: when it is to start.
    /// - Returns: `open` also where nothing is bound to any node, and where no node lives that serves it: then nobody
    ///   can say.
    package mutating func view(_ facts: RequestFacts, at instant: Timestamp) -> View {
        guard !model.isTrivial else { return .open }
        let serving = nodes.indices.filter { nodes[$0].serves(facts.workClass) }
        guard !serving.isEmpty else { return .open }
        let group = SpecializationFacts(facts)
        guard let waiting = obstacles(group, serving, at: instant) else { return .open }
        guard let first = Self.earliest(waiting, after: instant) else { return Self.settled(waiting) }
        var opening = first.opening
        for _ in 0..<ForecastLimits.openingsTried {
            guard let tried = opening, let still = obstacles(group, serving, at: tried) else { break }
            opening = Self.earliest(still, after: tried)?.opening
        }
        return .closed(first.assignment, workshift: first.workshift, opening: opening)
    }

    private typealias Opening = (assignment: MetadataObjectID, workshift: MetadataObjectID?, opening: Timestamp?)

    /// - Returns: what keeps each of the nodes from it; nil where one takes it.
    private mutating func obstacles(
        _ facts: SpecializationFacts,
        _ serving: [Int],
        at instant: Timestamp
    ) -> [WorkObstacle]? {
        let plans = plans(at: instant)
        var found: [WorkObstacle] = []
        for index in serving {
            let acceptance = plans[index].acceptance(of: facts)
            guard acceptance.isClosed else { return nil }
            found += acceptance.obstacles
        }
        return found
    }

    /// The shift that begins first.
    private static func earliest(_ obstacles: [WorkObstacle], after instant: Timestamp) -> Opening? {
        var best: Opening?
        for obstacle in obstacles {
            guard case .inactive(let id, let workshift, let next?) = obstacle, next > instant else { continue }
            if let known = best?.opening, known <= next { continue }
            best = (id, workshift, next)
        }
        return best
    }

    /// Where no shift will begin.
    private static func settled(_ obstacles: [WorkObstacle]) -> View {
        for obstacle in obstacles {
            if case .inactive(let id, let workshift, _) = obstacle {
                return .closed(id, workshift: workshift, opening: nil)
            }
        }
        return .never
    }

    private mutating func plans(at instant: Timestamp) -> [WorkPlan] {
        var (low, high) = (0, stretches.count)
        while low < high {
            let middle = (low + high) / 2
            if stretches[middle].from <= instant { low = middle + 1 } else { high = middle }
        }
        if low > 0, stretches[low - 1].until.map({ instant < $0 }) ?? true { return stretches[low - 1].plans }
        let plans = nodes.map { model.plan(of: $0, at: instant) }
        if stretches.count >= ForecastLimits.stretchesKept {
            stretches = []
            low = 0
        }
        let until = plans.compactMap(\.nextChange).min()
        stretches.insert(Stretch(from: instant, until: until, plans: plans), at: low)
        return plans
    }
}
