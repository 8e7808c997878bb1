import Foundation
import Testing

@testable import SchedulerCore

@Suite("Hostile filters")
struct FilterFuzzTests {
    /// Most steps that reading one code point may cost: the code point itself and a token of it.
    static let stepsPerCodePointMax = 2
    private static let inputsPerSeed = 10_000
    /// One for each part of the inputs; `make fuzz-query` reads many more.
    private static let seeds: ClosedRange<UInt64> = {
        let inputs = ProcessInfo.processInfo.environment["ESCAPEMENT_FUZZ_INPUTS"].flatMap { UInt64($0) } ?? 50_000
        return 1...max(1, inputs / UInt64(inputsPerSeed))
    }()

    /// Reads the text, whatever it is; fails if the steps were not linear or the error is none of the grammar's.
    @discardableResult
    private func readsLinearly(_ text: String) throws -> Bool {
        let count = text.unicodeScalars.count
        let parser: FilterParser<RequestField>
        do throws(SchedulerError) {
            parser = try FilterParser(text, fields: Set(RequestField.allCases), normalise: canonicalTestID)
        } catch {
            try #require(error == SchedulerError(5018) && count > FilterLimits.codePointsMax)
            return false
        }
        var running = parser
        let result = Result { () throws(SchedulerError) in try running.parse() }
        try #require(running.steps <= Self.stepsPerCodePointMax * count + 1, "\(text.debugDescription)")
        guard case .failure(let error) = result else { return true }
        try #require([5010, 5011, 5012, 5013, 5018].contains(error.code.number), "\(text.debugDescription)")
        if let position = error.arguments.last.flatMap({ Int($0) }) {
            try #require((1...(count + 1)).contains(position), "\(text.debugDescription)")
        } else {
            try #require(error == SchedulerError(5018))
        }
        return false
    }

    static let pieces = [
        "requestId", "state", "description", "jobDefinitionId", "isTimedOut", "submissionTime", "priority", "foo", "eq",
        "ne", "co", "gt", "pr", "and", "or", "not", "AND", "Not", "(", ")", "((", "))", "1", "-5", "1.5e3", "007",
        "99999999999999999999", "'WAIT'", "\"READY\"", "'a\\'b'", "\"\\u00e9\\ud83d\\ude00\"", "'\\ud800'", "'open",
        "\"2024-10-13T20:05 02:00\"", "true", "false", "null", "'true'", "'12'", "'acme/A'", "\\", "'", "\"", "=",
        "\u{0}",
        "😀", "e\u{301}", "\u{202E}", "\u{FEFF}", "\t", "\n",
    ]

    @Test("C30 C31 50,000 random inputs are read or refused, in linear steps", arguments: seeds)
    func randomInputs(seed: UInt64) throws {
        var random = QuerySeed(seed)
        var read = 0
        for round in 0..<Self.inputsPerSeed {
            let length = Int.random(in: 0...(round % 100 == 0 ? 400 : 24), using: &random)
            var text = ""
            switch round % 3 {
            case 0:
                for _ in 0..<length {
                    text += random.pick(Self.pieces)
                    if !random.chance(1, in: 8) { text += " " }
                }
            case 1:
                for _ in 0..<length {
                    text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: 0..<0x250, using: &random)) ?? " ")
                }
            default:
                text = try mutated(&random)
            }
            if try readsLinearly(text) { read += 1 }
        }
        #expect(read > 100, "the inputs are too wild: only \(read) were filters")
    }

    /// A good filter with one to three code points removed, doubled or replaced.
    private func mutated(_ random: inout QuerySeed) throws -> String {
        var generator = FilterGenerator(seed: random.next())
        var scalars = Array(generator.filter(depth: 2).text.unicodeScalars)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard !scalars.isEmpty else { break }
            let index = Int.random(in: 0..<scalars.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: scalars.remove(at: index)
            case 1: scalars.insert(scalars[index], at: index)
            default: scalars[index] = try #require(random.pick(Self.pieces).unicodeScalars.first)
            }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    @Test(
        "The longest inputs cost steps in proportion to their length",
        arguments: [
            "(", ")", "not ", "not(", "'", "\"", "\\", "'\\", "\\u", "a", "1", "-", " ", "requestId ",
            "requestId eq 1 or ",
            "(product pr) and ", "description eq '\\u0041", "description eq 'x' and ", "'' ", "1.", "e1",
            "(((product pr",
            "state eq 'wait' or (state pr and ", "😀", "e\u{301}", "\u{0}", "product pr or not (product pr) and ",
        ]
    )
    func longInputs(piece: String) throws {
        for prefix in ["", "product pr or ", "description eq '", "(description co \"", "requestId eq 1"] {
            for count in [100, 1000, 8000, 8001, 20_000] {
                let repeats = count / piece.unicodeScalars.count + 1
                let text = prefix + String(repeating: piece, count: repeats)
                try readsLinearly(String(String.UnicodeScalarView(text.unicodeScalars.prefix(count))))
            }
        }
    }

    @Test("orderBy reads or refuses any input")
    func randomOrders() {
        var random = QuerySeed(99)
        let pieces = ["state", "requestId", ":", ",", "asc", "DESC", " ", "\u{0}", "😀", "e\u{301}", "x"]
        var read = 0
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...6, using: &random) { text += random.pick(pieces) }
            do throws(SchedulerError) {
                _ = try RequestSortOrder(parsing: text)
                read += 1
            } catch {
                #expect(error.code == 5014 || error.code == 5015, "\(text.debugDescription)")
            }
        }
        #expect(read > 500)
    }
}
