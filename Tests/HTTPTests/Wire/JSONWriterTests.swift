import SchedulerAPI
import SchedulerCore
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return wireText(writer.bytes)
    }

    @Test("commas stand between values and members, nowhere else")
    func commas() {
        let json = written { writer in
            writer.beginObject()
            writer.name("a")
            writer.beginArray()
            writer.endArray()
            writer.name("b")
            writer.beginArray()
            writer.value(1)
            writer.beginObject()
            writer.endObject()
            writer.beginArray()
            writer.value(true)
            writer.endArray()
            writer.value("x")
            writer.endArray()
            writer.member("c", false)
            writer.endObject()
        }
        #expect(json == #"{"a":[],"b":[1,{},[true],"x"],"c":false}"#)
    }

    @Test("absent members are not written")
    func absentMembers() {
        let json = written { writer in
            writer.beginObject()
            writer.member("a", nil as String?)
            writer.member("b", nil as Int?)
            writer.member("c", nil as Int64?)
            writer.member("d", nil as Bool?)
            writer.member("e", nil as Timestamp?)
            writer.member("f", 1 as Int64?)
            writer.endObject()
        }
        #expect(json == #"{"f":1}"#)
    }

    @Test("quotes, backslashes and control characters are escaped, all else stands for itself")
    func escapes() {
        #expect(
            written { $0.value("a\"b\\c/\u{8}\u{9}\u{A}\u{C}\u{D}\u{0}\u{1F}\u{7F}ä€😀") }
                == #""a\"b\\c/\b\t\n\f\r\u0000\u001f"# + "\u{7F}ä€😀\""
        )
        #expect(written { $0.value("\"") } == #""\"""#)
        #expect(written { $0.value("") } == #""""#)
    }

    @Test("integers of all sizes")
    func integers() {
        for number in [0, 7, -1, 10, 300_010, Int64.max, Int64.min, 1_000_000_000_000_000_000] {
            #expect(written { $0.value(number) } == String(number))
        }
    }

    @Test("C11: date-times are UTC with milliseconds, the same as elsewhere")
    func dateTimes() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<10_000 {
            let instant = Timestamp(
                milliseconds: Int64.random(in: -70_000_000_000_000...260_000_000_000_000, using: &generator)
            )
            #expect(written { $0.value(instant) } == "\"\(instant)\"")
        }
        #expect(written { $0.value(Timestamp(milliseconds: 1_803_892_200_000)) } == #""2027-03-01T09:10:00.000Z""#)
    }
}
