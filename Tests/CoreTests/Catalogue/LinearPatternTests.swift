import SchedulerCore
import Testing

@Suite("Patterns of parameters")
struct LinearPatternTests {
    @Test(
        "Values match as a whole",
        arguments: [
            ("US|EU", "EU", true), ("US|EU", "XEU", false), ("", "", true), ("", "x", false),
            ("[A-Z]{2,3}", "ABC", true), ("[A-Z]{2,3}", "ABCD", false), ("[A-Z]{2,3}", "A", false),
            (#"\d{4}-\d\d"#, "2027-03", true), (#"\d{4}-\d\d"#, "2027-3", false), ("^a+$", "aaa", true),
            ("a{2,}", "aa", true), ("a{2,}", "a", false), ("a{3}", "aaa", true), ("(?:ab)*c", "ababc", true),
            (#"[^\s/]+"#, "a b", false), (#"[^\s/]+"#, "a-b", true), (#"\w+\.csv"#, "x_1.csv", true),
            ("[a-]x", "-x", true), ("a.c", "a\nc", false), ("a.c", "aäc", true), ("x^", "x", false),
            ("(a|b$|^)c?", "b", true), ("(a*)*", "aaaa", true), ("(|a)+", "aa", true), (#"[\d-]+"#, "1-2", true),
            (#"\{\}"#, "{}", true), ("a??b", "ab", true),
        ]
    )
    func matches(_ pattern: String, _ value: String, _ expected: Bool) throws {
        #expect(try LinearPattern(pattern).matches(value) == expected)
    }

    @Test(
        "What is not supported is refused with its position",
        arguments: [
            ("a**", 3), ("*a", 1), ("a{3,2}", 6), ("(a", 3), ("a)", 2), ("[a", 3), ("[]", 3), (#"(a)\1"#, 5),
            ("(?=a)", 3), ("[z-a]", 5), (#"a\"#, 3), (#"\b"#, 2), ("a{", 3), ("a{1", 4), ("{1}", 1), ("a]", 2),
        ]
    )
    func refused(_ pattern: String, _ position: Int) {
        let refusal = #expect(throws: LinearPattern.Refusal.self) { try LinearPattern(pattern) }
        #expect(refusal?.position == position)
    }

    @Test(
        "Patterns that would grow are refused, at once",
        arguments: [
            "a{1000}", "(a{100}){100}", "((((()){999}){999}){999}){999}", String(repeating: "(", count: 1000),
            String(repeating: "ab", count: 600),
        ]
    )
    func bounded(_ pattern: String) {
        #expect(throws: LinearPattern.Refusal.self) { try LinearPattern(pattern) }
    }

    @Test("A pattern that ruins a backtracking matcher takes linear time", .timeLimit(.minutes(1)))
    func linear() throws {
        let pattern = try LinearPattern("(a|aa|a?b?)*(a*)*c")
        #expect(!pattern.matches(String(repeating: "a", count: ParameterLimits.valueBytesMax)))
    }

    @Test("Random patterns agree with the regular expressions of the standard library")
    func agreesWithLibrary() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<1500 {
            let pattern = Self.pattern(depth: 3, &generator)
            guard let mine = try? LinearPattern(pattern) else { continue }
            let reference = try Regex(pattern)
            for _ in 0..<6 {
                let length = Int.random(in: 0...5, using: &generator)
                let value = String((0..<length).map { _ in "abc".randomElement(using: &generator) ?? "a" })
                let expected = try reference.wholeMatch(in: value) != nil
                #expect(mine.matches(value) == expected, "\(pattern) on \(value)")
            }
        }
    }

    private static func pattern(depth: Int, _ generator: inout SeededGenerator) -> String {
        guard depth > 0 else { return ["a", "b", ".", "[ab]", "[^a]", #"\w"#].randomElement(using: &generator) ?? "a" }
        let inner = pattern(depth: depth - 1, &generator)
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: return inner + pattern(depth: depth - 1, &generator)
        case 1: return "(\(inner)|\(pattern(depth: depth - 1, &generator)))"
        case 2: return "(?:\(inner))*"
        case 3: return "(?:\(inner))+"
        case 4: return "(?:\(inner))?"
        case 5: return "(?:\(inner)){1,2}"
        default: return inner
        }
    }
}
