import SchedulerAPI
import SchedulerCore
import Testing

@Suite("JSON reader")
struct JSONReaderTests {
    private func read(_ json: String) throws -> JSONValue { try JSONReader.read(Array(json.utf8)) }

    @Test("values of every kind are read")
    func kinds() throws {
        let value = try read(#" {"a":[null, true ,false,-0.5e+10,"x",{}],"b":{"c":[]}} "#)
        let elements = Array(try #require(value["a"]).elements)
        #expect(elements.map(\.kind) == [.null, .bool, .bool, .number, .string, .object])
        #expect(elements[0].isNull)
        #expect(elements[1].bool == true)
        #expect(elements[2].bool == false)
        #expect(elements[3].scalarText == "-0.5e+10")
        #expect(elements[4].string == "x")
        #expect(Array(elements[5].members).isEmpty)
        #expect(value["b"]?["c"]?.kind == .array)
        #expect(value.members.map(\.name) == ["a", "b"])
        #expect(value["A"] == nil)
        #expect(elements[4]["a"] == nil)
        #expect(Array(elements[4].elements).isEmpty)
    }

    @Test("of members with one name the last counts, also when one is written with escapes")
    func duplicateNames() throws {
        let value = try read(#"{"a":1,"b":2,"\u0061":3}"#)
        #expect(value["a"]?.scalarText == "3")
        #expect(value.members.map(\.name) == ["a", "b", "a"])
        #expect(try read(#"{"\u0061":3,"a":1}"#)["a"]?.scalarText == "1")
    }

    @Test("numbers keep their text, so 64 bits stay exact")
    func numbers() throws {
        for text in ["9223372036854775807", "-9223372036854775808", "0", "-0", "1e400", "0.1", "12E-7", "1.0"] {
            #expect(try read(text).scalarText == text)
        }
    }

    @Test("escapes and characters of all lengths become text")
    func strings() throws {
        #expect(try read(#""\"\\\/\b\f\n\r\t""#).string == "\"\\/\u{8}\u{C}\n\r\t")
        #expect(try read(#""\u00e4\u20AC\uD83D\uDE00""#).string == "ä€😀")
        #expect(try read(#""ä€😀\n\u007f""#).string == "ä€😀\n\u{7F}")
        #expect(try read(#""""#).string == "")
    }

    @Test(
        "a text that is not JSON is ESS-05001 with the position, counted in bytes from 1",
        arguments: [
            ("", 1), ("  ", 3), ("{", 2), ("[", 2), ("[1", 3), ("[1,", 4), ("[1,]", 4), ("[,1]", 2), ("[1 2]", 4),
            ("{\"a\"}", 5), ("{\"a\":}", 6), ("{\"a\":1,}", 8), ("{a:1}", 2), ("{\"a\":1]", 7), ("[1}", 3),
            ("{1:2}", 2), ("]", 1), ("1 1", 3), ("{}x", 3), ("nul", 4), ("nulL", 4), ("True", 1), ("truee", 5),
            ("01", 2), ("-", 2), ("+1", 1), ("1.", 3), (".5", 1), ("1e", 3), ("1e+", 4), ("0x1", 2), ("NaN", 1),
            ("\"", 2), ("\"a", 3), ("\"\\", 3), ("\"\\x\"", 3), ("\"\\u12\"", 6), ("\"\\u12g4\"", 6),
            ("\"a\nb\"", 3), ("\"\t\"", 2), ("'a'", 1), ("// x", 1), ("\u{FEFF}{}", 1), ("\u{A0}{}", 1),
            ("[\"ä\" x]", 7),
        ]
    )
    func malformed(json: String, position: Int) {
        let error = wireRefusal(json, JSONReader.read)
        #expect(error == SchedulerError(5001, String(position)))
    }

    @Test("64 levels are read, the 65th is refused where it opens")
    func depth() throws {
        func nested(_ depth: Int, _ open: String, _ close: String) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        _ = try read(nested(64, "[", "]"))
        _ = try read(nested(64, #"{"a":"#, "}"))
        #expect(wireRefusal(nested(65, "[", "]"), JSONReader.read) == SchedulerError(5001, "65"))
        #expect(wireRefusal(nested(65, #"{"a":"#, "}"), JSONReader.read) == SchedulerError(5001, "321"))
        #expect(wireRefusal(String(repeating: "[", count: 4_000_000), JSONReader.read) == SchedulerError(5001, "65"))
        // Breadth is no depth.
        _ = try read("[" + Array(repeating: "[[]]", count: 10_000).joined(separator: ",") + "]")
    }

    @Test("NUL and broken UTF-8 are ESS-05028 with the member they stand in")
    func badText() throws {
        func bytes(_ prefix: String, _ bad: [UInt8], _ suffix: String) -> [UInt8] {
            Array(prefix.utf8) + bad + Array(suffix.utf8)
        }
        let broken: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xEF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFF], [0x00],
            Array(#"\u0000"#.utf8), Array(#"\ud800"#.utf8), Array(#"\ud800x"#.utf8), Array(#"\ud800\u0041"#.utf8),
            Array(#"\udc00"#.utf8), Array(#"\udc00\ud800"#.utf8), Array(#"\ud800\n"#.utf8),
        ]
        for bad in broken {
            #expect(throws: SchedulerError(5028, "a.b[1].c"), "\(bad)") {
                try JSONReader.read(bytes(#"{"x":[1,{}],"a":{"b":[{"y":[]},{"z":{},"c":"t"#, bad, #""}]}}"#))
            }
        }
        #expect(throws: SchedulerError(5028, "body")) { try JSONReader.read(bytes("\"", [0xFF], "\"")) }
        #expect(throws: SchedulerError(5028, "body")) { try JSONReader.read(bytes(#"{"n"#, [0], #"":1}"#)) }
        #expect(throws: SchedulerError(5028, "a")) { try JSONReader.read(bytes(#"{"a":{"b":1,"n"#, [0xFF], #"":1}}"#)) }
        #expect(throws: SchedulerError(5028, "body")) { try JSONReader.read(bytes("{}", [0], "")) }
        // A body in UTF-16.
        #expect(throws: SchedulerError(5028, "body")) { try JSONReader.read([0xFF, 0xFE, 0x7B, 0x00]) }
        #expect(throws: SchedulerError(5028, "body")) { try JSONReader.read([0x7B, 0x00, 0x7D, 0x00]) }
    }

    @Test("the ends of the ranges of UTF-8 are read")
    func edgesOfUTF8() throws {
        let edges = "\u{1}\u{7F}".dropFirst() + "\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"
        #expect(try read("\"\(edges)\"").string == String(edges))
    }

    @Test("values know their place")
    func paths() throws {
        let value = try read(#"{"x":{"y":[1,{"q":2}]},"list":[[],[5,{"deep":{}}]],"\u0061":7}"#)
        #expect(value.path == "body")
        #expect(value.path(of: "x") == "x")
        #expect(value["x"]?.path == "x")
        #expect(value["a"]?.path == "a")
        let list = Array(try #require(value["list"]).elements)
        #expect(list.map(\.path) == ["list[0]", "list[1]"])
        let inner = Array(list[1].elements)
        #expect(inner.map(\.path) == ["list[1][0]", "list[1][1]"])
        #expect(inner[1]["deep"]?.path == "list[1][1].deep")
        #expect(inner[1].path(of: "none") == "list[1][1].none")
        let elements = Array(try #require(value["x"]?["y"]).elements)
        #expect(elements[1]["q"]?.path == "x.y[1].q")
    }
}
