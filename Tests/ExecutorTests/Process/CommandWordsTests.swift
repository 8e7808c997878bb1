import Executors
import SchedulerCore
import Testing

struct CommandWordsTests {
    @Test(
        "A command is split by blanks and quotes, never inside a token",
        arguments: [
            ("/bin/a b  c", ["/bin/a", "b", "c"]),
            ("\t/bin/a\n'b c' \"d e\"", ["/bin/a", "b c", "d e"]),
            ("a 'x'\"y\"z", ["a", "xyz"]),
            ("a '' \"\"", ["a", "", ""]),
            ("a 'it\\' b", ["a", "it\\", "b"]),
            ("a \"q\\\"u\\\\o\\te\"", ["a", "q\"u\\o\\te"]),
            ("a b\\ c \\'d \\\\ \\n", ["a", "b c", "'d", "\\", "\\n"]),
            ("a ${ESS_REQ:two words}x", ["a", "${ESS_REQ:two words}x"]),
            ("a '${ESS_REQ:it's}'", ["a", "${ESS_REQ:it's}"]),
            ("a $${b c", ["a", "$${b", "c"]),
            ("a ; rm -rf / && $(id) > x *", ["a", ";", "rm", "-rf", "/", "&&", "$(id)", ">", "x", "*"]),
            ("a é\u{301}\u{20}\u{301}b", ["a", "é\u{301}", "\u{301}b"]),
        ]
    )
    func split(text: String, words: [String]) throws {
        #expect(try CommandWords(splitting: text).words == words)
    }

    @Test("What cannot be split is refused", arguments: ["", "  \n", "a 'b", "a \"b\\\"", "'' b"])
    func refused(text: String) {
        #expect(throws: ProcessSettingError.self) { try CommandWords(splitting: text) }
    }

    @Test("Any words survive quoting and splitting", arguments: 0..<200)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet: [Unicode.Scalar] = [" ", "'", "\"", "\\", "a", "\n", "\t", "ü", "\u{301}", ";", "*", "#", "-"]
        let words = (0..<Int.random(in: 1...5, using: &random)).map { index in
            let length = Int.random(in: (index == 0 ? 1 : 0)...8, using: &random)
            return String(
                String.UnicodeScalarView((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "a" })
            )
        }
        let text = words.map { word in
            "'" + word.unicodeScalars.map { $0 == "'" ? "'\"'\"'" : String($0) }.joined() + "'"
        }
        #expect(try CommandWords(splitting: text.joined(separator: " ")).words == words)
    }

    @Test("A shell gets the text as it is and values as variables")
    func shell() throws {
        #expect(try ShellCommand.arguments(for: "echo ${HOME} | wc") == ["/bin/sh", "-c", "echo ${HOME} | wc"])
        #expect(throws: ProcessSettingError.self) { try ShellCommand.arguments(for: " \n") }
        let variables = ShellCommand.variables(
            for: [
                ("requestId", "7"), ("submit.argument1", "$(id)"), ("submit-argument1", "later"), ("SYS_cmdLine", "x"),
            ]
        )
        #expect(variables == ["ESC_requestId": "7", "ESC_submit_argument1": "$(id)"])
        #expect(ShellCommand.variableName(for: "größe 1") == "ESC_gr__e_1")
    }

    @Test("A program is looked for in the job's PATH, relative directories left out")
    func search() {
        #expect(ExecutableSearch.candidates(for: "x", path: "/a:.::/b:c:/d/") == ["/a/x", "/b/x", "/d//x"])
        #expect(ExecutableSearch.candidates(for: "./x", path: "/a") == ["./x"])
        #expect(ExecutableSearch.candidates(for: "x", path: nil).contains("/usr/bin/x"))
        #expect(ExecutableSearch.candidates(for: "x", path: "") == [])
    }
}
