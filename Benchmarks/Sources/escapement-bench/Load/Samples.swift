/// Durations of single calls; all of them are kept, so percentiles are exact.
struct Samples: Sendable {
    private(set) var milliseconds: [Double] = []

    var count: Int { milliseconds.count }

    mutating func add(milliseconds value: Double) { milliseconds.append(value) }

    mutating func add(_ other: Samples) { milliseconds += other.milliseconds }

    mutating func sort() { milliseconds.sort() }

    /// The smallest sample that so many hundredths do not exceed (nearest rank); of sorted samples.
    func percentile(_ hundredths: Double) -> Double {
        guard !milliseconds.isEmpty else { return .nan }
        let rank = Int((hundredths / 100 * Double(milliseconds.count)).rounded(.up))
        return milliseconds[min(max(rank, 1), milliseconds.count) - 1]
    }
}
