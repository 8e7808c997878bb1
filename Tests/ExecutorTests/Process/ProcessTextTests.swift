import Executors
import SchedulerCore
import Testing

struct ProcessTextTests {
    @Test(
        "Escapes, controls and marks of direction are taken out",
        arguments: [
            ("plain", "plain"), ("\u{1B}[1;31mred\u{1B}[0m", "red"), ("a\u{1B}]0;title\u{7}b", "ab"),
            ("a\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\b", "alinkb"), ("a\u{1B}(Bb", "ab"),
            ("a\tb\u{0}c\u{7F}", "a bc"),
            ("\u{9B}31mred", "red"), ("a\u{202E}b\u{2066}c", "abc"), ("  blank  ", "blank"), ("a\u{1B}", "a"),
            ("\u{1B}\u{1B}[2Jx", "x"), ("häß→", "häß→"),
        ]
    )
    func plain(raw: String, text: String) {
        #expect(TerminalText.plain(raw.utf8) == text)
    }

    @Test("Invalid UTF-8 is mended")
    func invalid() {
        #expect(TerminalText.plain([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    }

    @Test(
        "The last line that shows something is kept, however the output is cut into chunks",
        arguments: [
            ("one\ntwo\n", "two"), ("one\ntwo", "two"), ("one\n\n \n\u{1B}[0m\n", "one"), ("10%\r20%\r", "20%"),
            ("\n\n", nil),
            ("", nil), ("a\r\nb\r\n", "b"), ("x\n   ", "x"),
        ]
    )
    func lastLine(output: String, line: String?) {
        let bytes = Array(output.utf8)
        for size in 1...max(1, bytes.count) {
            var last = LastErrorLine()
            for start in stride(from: 0, to: bytes.count, by: size) {
                Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBytes { last.append($0) }
            }
            #expect(last.text == line, "chunks of \(size)")
        }
    }

    @Test("A line without end is bounded")
    func longLine() {
        var last = LastErrorLine()
        for _ in 0..<100 { [UInt8](repeating: 0x61, count: 1000).withUnsafeBytes { last.append($0) } }
        #expect(last.text?.utf8.count == LastErrorLine.lineBytes)
        [UInt8](repeating: 0x61, count: 100_000).withUnsafeBytes { last.append($0) }
        Array("\n".utf8).withUnsafeBytes { last.append($0) }
        #expect(last.text?.utf8.count == LastErrorLine.lineBytes)
    }

    @Test("A name in /proc may look like anything")
    func stat() {
        let line = "42 (a) S 1 (b\n) R 7 8 9 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 12345 0 0"
        let stat = ProcessStat(parsing: Array(line.utf8))
        #expect(stat?.state == UInt8(ascii: "R") && stat?.parent == 7 && stat?.group == 8 && stat?.session == 9)
        #expect(stat?.startTicks == 12345 && stat?.isDead == false)
        #expect(ProcessStat(parsing: Array("42 (a) Z 1".utf8)) == nil)
        #expect(ProcessStat(parsing: []) == nil)
    }

    @Test("A tag survives its way through the limits of a process and is like no other")
    func tag() {
        let tag = DescentTag(ProcessIdentity(pid: 4_194_303, startTicks: 1 << 37, bootID: "b"))
        let text = "Limit  Soft Limit  Hard Limit  Units\nMax realtime timeout      1000  \(tag.value)  us\n"
        #expect(DescentTag(parsingLimits: Array(text.utf8)) == tag)
        #expect(tag != DescentTag(ProcessIdentity(pid: 4_194_302, startTicks: 1 << 37, bootID: "b")))
        #expect(tag != DescentTag(ProcessIdentity(pid: 4_194_303, startTicks: 1 << 36, bootID: "b")))
        for value in ["unlimited", "1000000000", "18446744073709551615", ""] {
            let line = "Max realtime timeout  unlimited  \(value) us"
            #expect(DescentTag(parsingLimits: Array(line.utf8)) == nil)
        }
    }
}
