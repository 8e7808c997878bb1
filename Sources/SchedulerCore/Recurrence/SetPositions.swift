/// BYSETPOS: which members of an ordered set are taken.
struct SetPositions: Sendable {
    /// ±1…366, ascending.
    private let positions: [Int]

    /// Nil if the rule has none, and takes all.
    init?(_ rule: RecurrenceRule) {
        guard !rule.setPositions.isEmpty else { return nil }
        positions = rule.setPositions
    }

    /// Indices from 0 that are taken of `count` members, ascending, each once.
    func indices(of count: Int) -> [Int] {
        let indices = positions.map { $0 > 0 ? $0 - 1 : count + $0 }.filter { $0 >= 0 && $0 < count }
        return Set(indices).sorted()
    }
}
