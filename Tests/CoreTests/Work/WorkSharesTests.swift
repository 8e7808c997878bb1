import SchedulerCore
import Testing

@Suite("Division of threads among assignments")
struct WorkSharesTests {
    @Test(
        "A20: what fits is given, what does not is divided in proportion, by the largest remainder",
        arguments: [
            ([30, 20], 25, [15, 10]), ([30, 20], 50, [30, 20]), ([30, 20], 49, [29, 20]), ([5, 5, 5], 10, [4, 3, 3]),
            ([1000, 1, 1], 10, [8, 1, 1]), ([7, 7, 7], 2, [1, 1, 0]), ([1, 9, 2], 2, [0, 1, 1]), ([3], 0, [0]),
            ([], 5, []), ([3], -1, [0]), ([2, 3, 5], 9, [2, 3, 4]),
        ]
    )
    func divide(_ allocations: [Int], _ threads: Int, _ expected: [Int]) {
        #expect(WorkShares.divide(allocations, among: threads) == expected)
    }

    @Test("I55: shares are complete, within threads and allocations, at least 1 while threads last, in proportion")
    func properties() {
        var random = SeededGenerator(seed: 20)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...8, using: &random)
            let most = [3, 40, 1_000_000].randomElement(using: &random) ?? 3
            let allocations = (0..<count).map { _ in Int.random(in: 1...most, using: &random) }
            let threads = Int.random(in: 0...60, using: &random)
            let shares = WorkShares.divide(allocations, among: threads)
            let sum = allocations.reduce(0, +)
            #expect(shares.reduce(0, +) == min(sum, threads))
            #expect(zip(shares, allocations).allSatisfy { $0 >= 0 && $0 <= $1 })
            if threads >= count { #expect(shares.allSatisfy { $0 >= 1 }) }
            for (left, right) in zip(allocations.indices, allocations.indices.dropFirst()) {
                let isOrdered = allocations[left] > allocations[right] ? shares[left] >= shares[right] : true
                #expect(isOrdered, "\(allocations) on \(threads): \(shares)")
            }
            // Where each has a thread by proportion alone, none is a whole thread away from its part.
            guard sum > threads, allocations.allSatisfy({ $0 * threads >= sum }) else { continue }
            for (share, allocation) in zip(shares, allocations) {
                #expect(abs(share * sum - allocation * threads) < sum, "\(allocations) on \(threads): \(shares)")
            }
        }
    }

    @Test("The rest goes to the largest remainders, of equals to the first")
    func largestRemainder() {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<2000 {
            let allocations = (0..<4).map { _ in Int.random(in: 10...50, using: &random) }
            let threads = Int.random(in: 20...39, using: &random)
            let sum = allocations.reduce(0, +)
            let shares = WorkShares.divide(allocations, among: threads)
            let remainders = allocations.map { $0 * threads % sum }
            let raised = shares.indices.filter { shares[$0] > allocations[$0] * threads / sum }
            for winner in raised {
                for other in shares.indices where !raised.contains(other) {
                    #expect((-remainders[winner], winner) < (-remainders[other], other))
                }
            }
        }
    }
}
