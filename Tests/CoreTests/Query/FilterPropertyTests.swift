import SchedulerCore
import Testing

@Suite("Properties of filters")
struct FilterPropertyTests {
    @Test(
        "C30 A generated spelling is read as its tree, and printing and reading again changes nothing",
        arguments: 1...8
    )
    func readsAndPrints(seed: UInt64) throws {
        var generator = FilterGenerator(seed: seed)
        for round in 0..<400 {
            let generated = generator.filter(depth: round % 6)
            guard generated.text.unicodeScalars.count <= FilterLimits.codePointsMax else { continue }
            let filter = try readFilter(generated.text)
            try #require(filter == generated.tree, "\(generated.text)")
            let printed = filter.description
            try #require(try readFilter(printed) == filter, "\(printed)")
            try #require(try readFilter(printed).description == printed)
        }
    }

    @Test("C29 Reading and evaluating agrees with an independent oracle", arguments: 11...18)
    func agreesWithOracle(seed: UInt64) throws {
        var generator = FilterGenerator(seed: seed)
        let items = (0..<25).map { _ in generator.item() }
        var matches = 0
        var tries = 0
        for round in 0..<300 {
            let generated = generator.filter(depth: round % 4)
            let filter = try readFilter(generated.text)
            for item in items {
                let evaluator = FilterEvaluator<RequestField> { item.values[$0] }
                let isMatch = evaluator.matches(filter)
                try #require(isMatch == generated.holds(item.oracle), "\(generated.text) on \(item.values)")
                tries += 1
                matches += isMatch ? 1 : 0
            }
        }
        // The generator is worth something only if both answers are common.
        #expect(matches * 5 > tries && matches * 5 < tries * 4, "\(matches) of \(tries) match")
    }
}
