/// The order of the steps of a serial set: where each leads, and what is wrong with that.
struct StepOrder {
    /// A way from one step to another, by position.
    struct Way: Hashable {
        /// JSON pointer to what makes it: a link, or a step without links.
        let path: String
        let from: Int
        let to: Int
    }

    /// Links to steps that are none: JSON pointer and id.
    private(set) var unknown: [(path: String, stepID: String)] = []
    /// Ways that close a circle.
    private(set) var closing: [Way] = []
    /// Steps that no way from the first leads to, by position; not worked out where a link leads nowhere.
    private(set) var unreachable: [Int] = []
    private var ways: [[Way]] = []

    /// Takes a serial set with at least one step and no step id twice.
    init(of set: JobSet) {
        let positions = Dictionary(set.steps.enumerated().map { ($0.element.stepID, $0.offset) }) { first, _ in first }
        for (index, step) in set.steps.enumerated() {
            var own: [Way] = []
            for outcome in StepOutcome.allCases {
                guard let stepID = set.links(at: index)[outcome] else { continue }
                let path = step.links == nil ? "/steps/\(index)" : "/steps/\(index)/links/\(outcome.rawValue)"
                guard let target = positions[stepID] else {
                    unknown.append((path, stepID))
                    continue
                }
                if !own.contains(where: { $0.to == target }) { own.append(Way(path: path, from: index, to: target)) }
            }
            ways.append(own)
        }
        let first = set.openingStep.flatMap { positions[$0] }
        if let stepID = set.firstStep, first == nil { unknown.append(("/firstStep", stepID)) }
        walk(from: first ?? 0)
    }

    /// Walks depth first, from the first step and then from those it did not lead to. A way to a step that is not left
    /// yet closes a circle.
    private mutating func walk(from first: Int) {
        enum Mark { case new, open, left }
        var marks = Array(repeating: Mark.new, count: ways.count)
        for root in [first] + Array(ways.indices) where marks[root] == .new {
            if root != first, unknown.isEmpty { unreachable.append(root) }
            var trail: [(step: Int, next: Int)] = [(root, 0)]
            marks[root] = .open
            while let (step, next) = trail.last {
                guard next < ways[step].count else {
                    marks[step] = .left
                    trail.removeLast()
                    continue
                }
                trail[trail.count - 1].next += 1
                let way = ways[step][next]
                switch marks[way.to] {
                case .new:
                    // Found from a step that nothing leads to, so nothing but that leads here.
                    if root != first, unknown.isEmpty { unreachable.append(way.to) }
                    marks[way.to] = .open
                    trail.append((way.to, 0))
                case .open: closing.append(way)
                case .left: break
                }
            }
        }
        unreachable.sort()
    }
}
