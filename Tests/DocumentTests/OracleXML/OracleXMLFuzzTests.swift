import Documents
import SchedulerCore
import Testing

@Suite("Fuzz of the import")
struct OracleXMLFuzzTests {
    private static let originals = [
        OracleScheduleTests.hourly, OracleJobTests.definition, OracleGrantTests.jazn, set, work,
    ]
    private static let set = """
        <job-set name="Nightly" execution-mode="SERIAL" first-step="load"><steps>
        <step step-id="load" job-definition="/acme/gl/Import"><parameter name="a">1</parameter>
        <link type="SUCCESS">post</link></step><step step-id="post" job="/acme/gl/Post"/></steps></job-set>
        """
    private static let work = """
        <all><work-assignment name="A"><workshift>/acme/gl/W</workshift><specialization><AND>
        <CONDITION property="PRODUCT" operator="EQUALS" value="GL"/><NOT><CONDITION>USER_NAME = 'x'</CONDITION></NOT>
        </AND></specialization></work-assignment>
        <workshift name="W" duration="60" allocation="2"><schedule><recurrence><start>2027-01-01 06:00:00</start>
        <count>3</count><frequency>MONTHLY</frequency><week>LAST</week><day-of-week>MO</day-of-week><time>20:00</time>
        </recurrence><exclusion>2027-12-24</exclusion></schedule></workshift>
        <incompatibility name="I" type="DOMAIN"><entity job="/acme/gl/A" property="p"/></incompatibility>
        <schedule name="S"><time-zone>Europe/Berlin</time-zone><explicit-date><year>2027</year><month>MAY</month>
        <day>1</day><time>6:00</time></explicit-date></schedule></all>
        """
    private static let pieces = [
        "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<?x?>", "<??>", "<!---->", "&", "&lt;",
        "&#x0;", "\"", "'", "=",
        "xmlns:a=\"b\"", "a:", "<!", "\u{0}", "\u{FEFF}", "ä", "😀", "\r\n", "<recurrence>", "<schedule name=\"x\">",
        "<count>-9999999999999999999</count>", "<job-set>", "<link/>", "<grant>", "<NOT/>", "<AND>", "</AND>",
        "<frequency>WEEKLY</frequency>", "<time>::</time>", "<date>T</date>", "<parameter/>", "<name/>",
    ]

    @Test("10000 mutations yield objects or lines of a report, at once, never a crash", .timeLimit(.minutes(5)))
    func mutations() {
        var generator = SeededGenerator(seed: 7)
        let originals = Self.originals.map { Array($0.utf8) }
        var taken = 0
        for round in 0..<10_000 {
            var bytes = originals[round % originals.count]
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.removeSubrange(index..<min(bytes.count, index + 9))
                case 2: bytes.insert(contentsOf: bytes[max(0, index - 40)..<index], at: index)
                case 3: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &generator) ?? "").utf8, at: index)
                default:
                    let other = Int.random(in: 0..<bytes.count, using: &generator)
                    bytes.swapAt(index, other)
                }
                if bytes.isEmpty { bytes = [0x3C] }
            }
            if round.isMultiple(of: 7) {
                bytes = [0xFF, 0xFE] + bytes.flatMap { [$0, 0] }
            }
            let reading = OracleXMLReader.read(bytes, OracleXMLText.options)
            #expect(!reading.contents.isEmpty || !reading.report.isEmpty)
            for item in reading.report { #expect(item.line >= 0 && item.line < 1000) }
            taken += reading.contents.count
            // What comes out is a document as any other.
            if !reading.contents.isEmpty {
                let written = DocumentWriter.yaml(reading.contents)
                let again = DocumentReader.read(Array(written.utf8), as: .yaml, file: "f")
                #expect(again.problems == [])
            }
        }
        #expect(taken > 100)
    }
}
