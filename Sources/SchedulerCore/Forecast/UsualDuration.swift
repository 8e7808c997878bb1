/// How long the newest runs of a definition took, from their first start to their end (administration §6.3).
package struct UsualDuration: Hashable, Sendable {
    /// Newest runs that are looked at.
    package static let runsMax = 20

    /// Half of the runs took no longer.
    package let p50: Duration
    /// Nineteen of twenty took no longer.
    package let p95: Duration
    /// How many there are, at most `runsMax`.
    package let runs: Int

    /// Nearest ranks: each is a span that a run has taken. Nil where there is no run.
    ///
    /// - Parameter milliseconds: of each run, in any order.
    package init?(milliseconds: [Int64]) {
        guard !milliseconds.isEmpty else { return nil }
        let sorted = milliseconds.map { max(0, $0) }.sorted()
        let rank = { (percent: Int) in Duration.milliseconds(sorted[(sorted.count * percent + 99) / 100 - 1]) }
        p50 = rank(50)
        p95 = rank(95)
        runs = sorted.count
    }

    /// For people.
    package var text: String {
        "Of its last \(runs) run(s) half took up to \(Self.text(p50)), 95 % up to \(Self.text(p95))."
    }

    private static func text(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        return milliseconds < 10_000 ? "\(milliseconds) ms" : "\(milliseconds / 1000) s"
    }
}
