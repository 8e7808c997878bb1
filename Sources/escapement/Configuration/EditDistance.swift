/// How many typing mistakes lie between two names: insertions, deletions, replacements and swaps of
/// two neighbours (optimal string alignment), whatever the case.
enum EditDistance {
    static func between(_ left: String, _ right: String) -> Int {
        let left = Array(left.lowercased())
        let right = Array(right.lowercased())
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                var best = min(
                    last[column] + (left[row] == right[column] ? 0 : 1),
                    last[column + 1] + 1,
                    current[column] + 1
                )
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }

    /// The candidate with the smallest distance, the first of equals; nil only without candidates.
    static func nearest(to name: String, among candidates: [String]) -> String? {
        candidates.min { between(name, $0) < between(name, $1) }
    }
}
