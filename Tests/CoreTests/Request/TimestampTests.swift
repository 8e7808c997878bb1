import SchedulerCore
import Testing

/// Instants and their text (REST §2.5).
struct TimestampTests {
    /// 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z.
    private static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    @Test("C11: what is printed is read back, to the millisecond", arguments: UInt64(1)...50)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let instant = Timestamp(milliseconds: Int64.random(in: Self.range, using: &random))
            let text = instant.description
            #expect(text.utf8.count == 24)
            #expect(Timestamp(rfc3339: text) == instant, "\(text)")
        }
        for bound in [Self.range.lowerBound, Self.range.upperBound, 0, -1] {
            let instant = Timestamp(milliseconds: bound)
            #expect(Timestamp(rfc3339: instant.description) == instant)
        }
    }

    @Test("An offset, a shorter fraction and missing seconds mean the same instant", arguments: UInt64(1)...20)
    func otherForms(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let seconds = Int64.random(in: -60_000_000_000...200_000_000_000, using: &random)
            let instant = Timestamp(milliseconds: seconds * 1000)
            let offset = Int64.random(in: -1439...1439, using: &random)
            let local = (instant + .seconds(offset * 60)).description.dropLast(5)
            let zone = "\(offset < 0 ? "-" : "+")\(Self.two(abs(offset) / 60)):\(Self.two(abs(offset) % 60))"
            #expect(Timestamp(rfc3339: local + zone) == instant, "\(local)\(zone)")
            #expect(Timestamp(rfc3339: local + ".000000000" + zone) == instant)
            let minute = Timestamp(milliseconds: instant.milliseconds.floorDivided(by: 60_000) * 60_000)
            #expect(Timestamp(rfc3339: minute.description.dropLast(8)) == minute)
        }
    }

    @Test("Texts of known instants")
    func known() {
        let cases: [(String, Int64)] = [
            ("1970-01-01T00:00:00.000Z", 0), ("2027-03-01T09:10:00.000Z", 1_803_892_200_000),
            ("2000-02-29T12:00:00Z", 951_825_600_000), ("1969-12-31T23:59:59.999Z", -1),
            ("2027-03-01T10:10:00+01:00", 1_803_892_200_000), ("2027-03-01t09:10z", 1_803_892_200_000),
            ("2027-03-01T09:10", 1_803_892_200_000), ("2027-03-01T10:10 01:00", 1_803_892_200_000),
            ("2027-03-01T09:10:00.0009Z", 1_803_892_200_000), ("2027-03-01T09:10:00.9Z", 1_803_892_200_900),
        ]
        for (text, milliseconds) in cases {
            #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds, "\(text)")
        }
    }

    @Test("What is no date-time is refused")
    func refused() {
        let texts = [
            "", "now", "2027-03-01", "2027-02-29T00:00Z", "2027-13-01T00:00Z", "2027-00-01T00:00Z", "2027-01-00T00:00Z",
            "2027-01-01T24:00Z", "2027-01-01T00:60Z", "2027-01-01T00:00:60Z", "2027-01-01T00:00:00.Z",
            "2027-01-01T00:00:00.0000000000Z", "2027-01-01T00:00:00Z ", " 2027-01-01T00:00:00Z", "2027-01-01 00:00Z",
            "2027-01-01T00:00+24:00", "2027-01-01T00:00+0100", "2027-01-01T00:00+01", "0000-01-01T00:00Z",
            "27-01-01T00:00Z", "2027-1-1T00:00Z", "２０２７-01-01T00:00Z", "2027-01-01T00:00:00ZZ", "+2027-01-01T00:00Z",
        ]
        for text in texts { #expect(Timestamp(rfc3339: text) == nil, "\(text)") }
    }

    @Test("Sums saturate, differences are exact")
    func arithmetic() {
        let end = Timestamp(milliseconds: .max)
        #expect(end + .seconds(1) == end)
        #expect(Timestamp(milliseconds: .min) + .seconds(-1) == Timestamp(milliseconds: .min))
        #expect(Timestamp(milliseconds: 5) + .microseconds(1999) == Timestamp(milliseconds: 6))
        #expect(Timestamp(milliseconds: 5) - Timestamp(milliseconds: 8) == .milliseconds(-3))
        #expect(Duration(secondsComponent: .max, attosecondsComponent: 0).wholeMilliseconds == .max)
        #expect(Duration(secondsComponent: .min, attosecondsComponent: 0).wholeMilliseconds == .min)
        #expect(Duration.milliseconds(-1500).wholeMilliseconds == -1500)
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
