/// How sets lie in one another, worked out for all of them at once without walking any tree twice.
struct JobSetNesting {
    /// Of a set with all that is in it.
    struct Size {
        /// 1 for a set without sets in it.
        let levels: Int
        /// Counted no further than `stepsCounted`.
        let steps: Int
    }

    /// Far above what is allowed and far from overflowing.
    private static let stepsCounted = 1_000_000

    private let sets: [MetadataObjectID: JobSet]
    /// Of every set that neither contains itself nor a set that does.
    private var sizes: [MetadataObjectID: Size] = [:]

    init(of given: [JobSet]) {
        sets = Dictionary(given.map { ($0.id, $0) }) { first, _ in first }
        var outer: [MetadataObjectID: [MetadataObjectID]] = [:]
        var unmeasured: [MetadataObjectID: Int] = [:]
        var ready: [MetadataObjectID] = []
        for set in sets.values {
            let inner = Set(self.inner(set))
            for id in inner { outer[id, default: []].append(set.id) }
            unmeasured[set.id] = inner.count
            if inner.isEmpty { ready.append(set.id) }
        }
        while let id = ready.popLast() {
            sizes[id] = size(of: id)
            for around in outer[id] ?? [] {
                unmeasured[around, default: 0] -= 1
                if unmeasured[around] == 0 { ready.append(around) }
            }
        }
    }

    /// Nil for a set that contains itself, or a set that does.
    func size(_ id: MetadataObjectID) -> Size? { sizes[id] }

    /// Whether a set is another or contains it, at any depth.
    func reaches(_ id: MetadataObjectID, _ wanted: MetadataObjectID) -> Bool {
        if id == wanted { return true }
        var seen: Set<MetadataObjectID> = []
        var open = [id]
        while let next = open.popLast() {
            // What has a size contains no circle, and the question is about circles.
            guard sizes[next] == nil, seen.insert(next).inserted, let set = sets[next] else { continue }
            if next == wanted { return true }
            open.append(contentsOf: inner(set))
        }
        return false
    }

    /// The sets directly in one that exist, as often as they are in it.
    private func inner(_ set: JobSet) -> [MetadataObjectID] {
        set.steps.lazy.map(\.job).filter { sets[$0] != nil }
    }

    private func size(of id: MetadataObjectID) -> Size? {
        guard let set = sets[id] else { return nil }
        var levels = 0
        var steps = set.steps.count
        for size in inner(set).compactMap({ sizes[$0] }) {
            levels = max(levels, size.levels)
            steps = min(steps + size.steps, Self.stepsCounted)
        }
        return Size(levels: levels + 1, steps: steps)
    }
}
