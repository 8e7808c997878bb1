import Documents
import SchedulerCore
import Testing

@Suite("Fuzz of the reader")
struct DocumentFuzzTests {
    private static let pieces = [
        "kind: ", "JobDefinition", "Role", "\n", "\n", "  ", "- ", ": ", "{", "}", "[", "]", ",", "\"", "'", "|", ">",
        "#",
        "---\n", "...\n", "? ", "&a ", "*a ", "!!str ", "!", "%YAML 1.2\n", "name: ", "parameters:\n", "ui: ", "\t",
        "\\",
        "\\u0041", "\\ud83d", "null", "~", "1e5", "\u{85}", "\u{2028}", "\r\n", "\u{FEFF}", "ä", "😀", "a", "0",
        "\u{E000}\u{E100}", "<<: ",
    ]

    @Test("Random pieces of YAML and JSON yield objects or errors, never a crash", .timeLimit(.minutes(2)))
    func randomPieces() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<1000 {
            let text = (0..<Int.random(in: 1...30, using: &generator))
                .map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
            for format in [DocumentReader.Format.yaml, .json] {
                let reading = DocumentReader.read(Array(text.utf8), as: format, file: "f")
                for problem in reading.problems { #expect(problem.line >= 1 && problem.line <= 64, "\(text)") }
            }
        }
    }

    @Test("A valid text with bytes changed yields objects or errors, never a crash", .timeLimit(.minutes(2)))
    func changedBytes() {
        var generator = SeededGenerator(seed: 4)
        let original = Array(SpecExamples.yaml.utf8)
        for _ in 0..<200 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: bytes[max(0, index - 9)..<index], at: index)
                }
            }
            let reading = DocumentReader.read(bytes, as: .yaml, file: "f")
            let set = try? DocumentSet.checked([reading], origin: .api, beside: [])
            #expect(set == nil || reading.problems.isEmpty)
        }
    }
}

/// SplitMix64: the same numbers for the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
