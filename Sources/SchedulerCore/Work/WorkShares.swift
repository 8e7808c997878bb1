/// How the threads of a node are divided among its active assignments (administration §4, 3).
package enum WorkShares {
    /// Each gets what it asks for, if that fits. Else it gets in proportion by the largest remainder, but at least one
    /// thread while threads last; of equals the earlier comes first.
    ///
    /// - Parameters:
    ///   - allocations: what each asks for, at least 1.
    ///   - threads: of the node.
    /// - Returns: threads of each, in the same order; never more than it asked for, in sum never more than `threads`.
    package static func divide(_ allocations: [Int], among threads: Int) -> [Int] {
        let threads = max(0, threads)
        guard allocations.reduce(0, +) > threads else { return allocations }
        var shares = allocations.map { _ in 0 }
        guard allocations.count < threads else {
            let first = allocations.indices.sorted { (-allocations[$0], $0) < (-allocations[$1], $1) }.prefix(threads)
            for index in first { shares[index] = 1 }
            return shares
        }
        var left = threads
        var open = Array(allocations.indices)
        // Whose part is less than a thread gets one; that makes the others' parts smaller. There are more threads
        // left than assignments, so that not all parts are so small.
        while true {
            let sum = open.reduce(0) { $0 + allocations[$1] }
            let small = open.filter { allocations[$0] * left < sum }
            guard !small.isEmpty else { return divide(left, in: allocations, over: open, sum: sum, into: shares) }
            for index in small { shares[index] = 1 }
            left -= small.count
            open.removeAll { shares[$0] > 0 }
        }
    }

    private static func divide(
        _ threads: Int,
        in allocations: [Int],
        over open: [Int],
        sum: Int,
        into given: [Int]
    ) -> [Int] {
        var shares = given
        for index in open { shares[index] = allocations[index] * threads / sum }
        let rest = threads - open.reduce(0) { $0 + shares[$1] }
        let byRemainder = open.sorted {
            (-(allocations[$0] * threads % sum), $0) < (-(allocations[$1] * threads % sum), $1)
        }
        for index in byRemainder.prefix(rest) { shares[index] += 1 }
        return shares
    }
}
