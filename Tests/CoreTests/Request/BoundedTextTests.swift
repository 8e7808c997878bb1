import SchedulerCore
import Testing

/// Texts of jobs are cut to bytes without tearing characters.
struct BoundedTextTests {
    @Test("The longest prefix of whole characters that fits", arguments: UInt64(1)...200)
    func property(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet: [Character] = ["a", "é", "ß", "日", "👍🏽", "👨‍👩‍👧", "e\u{301}", "\r\n", "\u{0}"]
        let characters = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
            alphabet.randomElement(using: &random)
        }
        let text = String(characters)
        for limit in 0...(text.utf8.count + 2) {
            let cut = text.bounded(toBytes: limit)
            #expect(cut.utf8.count <= limit)
            #expect(text.hasPrefix(cut) || cut.isEmpty)
            #expect(Array(cut) == Array(text.prefix(cut.count)), "a character is torn")
            if cut.count < text.count {
                let next = String(text.prefix(cut.count + 1))
                #expect(next.utf8.count > limit, "one more would have fitted")
            }
        }
    }

    @Test("A text that fits is itself")
    func short() {
        #expect("abc".bounded(toBytes: 3) == "abc")
        #expect("".bounded(toBytes: 0) == "")
        #expect("👍🏽".bounded(toBytes: 7) == "")
    }
}
