import Documents
import SchedulerCore
import Testing

@Suite("Import of hostile or broken XML")
struct OracleXMLSafetyTests {
    private static let refusal = "document type declarations are refused"

    private static func errors(_ bytes: [UInt8]) -> [String] {
        let reading = OracleXMLReader.read(bytes, OracleXMLText.options)
        #expect(reading.contents == [])
        #expect(reading.hasErrors)
        return reading.report.map { "\($0.line) \($0.item)\($0.outcome.rawValue) \($0.reason)" }
    }

    private static func errors(_ text: String) -> [String] { errors(Array(text.utf8)) }

    private static let hostile = [
        "<!DOCTYPE schedule SYSTEM 'http://127.0.0.1:1/x.dtd'>\n<schedule name='S'/>",
        "<!DOCTYPE schedule [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<schedule name='S'>&x;</schedule>",
        """
        <!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
        <schedule name="&d;"/>
        """,
        "<!doctype schedule><schedule name='S'/>",
        "<!DOCTYPE schedule [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><schedule name='S'/>",
    ]

    @Test("A19: document type declarations and entities are refused before they are read", arguments: 0..<5)
    func declarations(_ index: Int) {
        let text = Self.hostile[index]
        for encoding in EncodedText.allCases {
            #expect(Self.errors(encoding.bytes(text)) == ["1 error \(Self.refusal)"], "\(encoding)")
        }
        #expect(Self.errors("<?xml version='1.0'?>\n<!-- -->\n" + text) == ["3 error \(Self.refusal)"])
        #expect(Self.errors("<schedule>\n" + text + "</schedule>") == ["2 error \(Self.refusal)"])
    }

    @Test("A19: an entity that nobody has declared is an error")
    func undeclaredEntity() {
        let errors = Self.errors("<schedule name='S'>\n<description>&file;</description></schedule>")
        #expect(errors == ["2 error the text is no well-formed XML (an unknown entity)"])
    }

    @Test("The five entities of XML, numbers and CDATA are texts")
    func knownEntities() throws {
        let text = """
            <job-definition name="D" job-type="JobType://oracle/as/ess/core/JavaJobType">
            <parameter name="p">&lt;&amp;&gt;&quot;&apos;&#228;<![CDATA[<b> & ü]]></parameter></job-definition>
            """
        guard case .jobDefinition(let definition) = try OracleXMLText.object(text) else {
            Issue.record("no job definition")
            return
        }
        #expect(definition.parameters == [Parameter(name: "p", value: "<&>\"'ä<b> & ü")])
    }

    @Test(
        "Comments and processing instructions are passed over, with and without data, and lines stay",
        arguments: ["<?x?>", "<?x y?>", "<!---->", "<!-- <!DOCTYPE x> <?y?> -- -->", "<?xml version='1.0'?>", "<??>"]
    )
    func passedOver(_ markup: String) throws {
        let text = """
            \(markup)
            <job-definition name="D" job-type="JobType://oracle/as/ess/core/JavaJobType">\(markup)
            <parameter name="p">a\(markup)b<![CDATA[<!DOCTYPE html><?php?>]]></parameter><more/></job-definition>
            \(markup)
            """
        guard case .jobDefinition(let definition) = try OracleXMLText.object(text) else {
            throw OracleXMLText.Unexpected(report: [])
        }
        #expect(definition.parameters == [Parameter(name: "p", value: "ab<!DOCTYPE html><?php?>")])
        #expect(OracleXMLText.report(text) == ["3 job-definition(D)/more ignored unknown element"])
        let lines = text.replacing(markup, with: markup.replacing(" ", with: "\n"))
        let added = markup.count { $0 == " " } * 3
        #expect(OracleXMLText.report(lines) == ["\(3 + added) job-definition(D)/more ignored unknown element"])
    }

    @Test(
        "What hides markup from one reader and not from another is refused",
        arguments: [
            "<a b='<![CDATA['><?x?><c d=']]>'/></a>", "<a b='<!--'><!DOCTYPE x><c d='-->'/></a>", "<a '><?x?>'/>",
            "<a <?x?>/>", "<a b=\"'>\"<!DOCTYPE x>", "<!ELEMENT a ANY><a/>", "<![IGNORE[ ]]><a/>",
        ]
    )
    func hidden(_ text: String) {
        #expect(Self.errors(text).count == 1)
    }

    @Test("A file that ends too early gives one error and no object, wherever it is cut")
    func truncated() {
        let bytes = Array(OracleScheduleTests.hourly.utf8)
        for length in 0..<bytes.count {
            let errors = Self.errors(Array(bytes.prefix(length)))
            #expect(errors.count == 1, "\(length): \(errors)")
        }
        let units = EncodedText.littleEndianWithMark.bytes(OracleScheduleTests.hourly)
        for length in 2..<units.count { #expect(Self.errors(Array(units.prefix(length))).count == 1) }
    }

    @Test(
        "What is no XML is one error",
        arguments: [
            "", " ", "plain", "<", "<a", "<a>", "<a></b>", "<a/><b/>", "<a b=c/>", "<a b='1' b='2'/>", "{}",
            "kind: Schedule", "<a>\u{0}</a>", "<a>&#1;</a>", "<schedule name='S'/>rest",
        ]
    )
    func malformed(_ text: String) {
        #expect(Self.errors(text).count == 1)
    }

    @Test("Bytes that are neither UTF-8 nor UTF-16 are an error with their line")
    func encodings() {
        let declaration = "<?xml version='1.0' encoding='ISO-8859-1'?>\n"
        let latin = Array((declaration + "<schedule name='").utf8) + [0xE4, 0x27, 0x2F, 0x3E]
        #expect(Self.errors(latin) == ["2 error the text is neither UTF-8 nor UTF-16"])
        #expect(Self.errors([0xFF, 0xFE, 0x3C]) == ["0 error the text ends within a character of UTF-16"])
        #expect(Self.errors([0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x3C]) == ["0 error the text is no valid UTF-16"])
        // Only ASCII, whatever the declaration says.
        let ascii = declaration + "<schedule name='S'><date>2027-01-01T00:00Z</date></schedule>"
        #expect(OracleXMLText.read(ascii).contents.count == 1)
    }

    @Test("Elements nest to 64 levels, and no deeper")
    func depth() {
        func nested(_ levels: Int) -> String {
            String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
        }
        #expect(OracleXMLText.report(nested(64)) == ["1 a ignored unknown element"])
        #expect(Self.errors(nested(65)) == ["1 error elements nested deeper than 64 levels"])
        #expect(Self.errors(nested(100_000)) == ["1 error elements nested deeper than 64 levels"])
    }

    @Test("An element has 256 attributes, and no more, however many there are", .timeLimit(.minutes(5)))
    func attributes() {
        func element(_ count: Int) -> String {
            "<a" + (0..<count).map { " a\($0)=''" }.joined() + "/>"
        }
        #expect(OracleXMLText.report(element(256)) == ["1 a ignored unknown element"])
        #expect(Self.errors(element(257)) == ["1 error an element with more than 256 attributes"])
        #expect(Self.errors(element(1_000_000)) == ["1 error an element with more than 256 attributes"])
    }

    @Test("Files are 64 MiB at most, and hold 500000 elements at most", .timeLimit(.minutes(5)))
    func sizes() {
        let blanks = [UInt8](repeating: 0x20, count: OracleXMLLimits.bytesMax + 1)
        #expect(Self.errors(blanks) == ["0 error the file is larger than 67108864 bytes"])
        let many = "<a>" + String(repeating: "<b/>", count: OracleXMLLimits.elementsMax) + "</a>"
        #expect(Self.errors(many) == ["1 error more than 500000 elements"])
    }

    @Test("The report ends after 10000 lines, and says so")
    func longReport() {
        let text = "<schedule name='S'>" + String(repeating: "<b/>", count: 20_000) + "</schedule>"
        let report = OracleXMLText.read(text).report
        #expect(report.count == OracleXMLLimits.reportLinesMax + 1)
        let last = report.last { $0.outcome == .error }
        #expect(last?.reason == "more than 10000 lines; the rest is not shown")
    }

    @Test("Nothing of what is left out is quoted at length")
    func quotes() {
        let long = String(repeating: "x", count: 5000)
        let report = OracleXMLText.read("<schedule name='\(long)!'><recurrence count='\(long)'/></schedule>").report
        let names = "<schedule name='S'><\(long) \(long)='1'/><date \(long)='1'>2027-01-01</date></schedule>"
        let all = report + OracleXMLText.read(names).report
        #expect(all.count > 4)
        for item in all { #expect(item.reason.count < 200 && item.item.count < 300) }
    }
}
