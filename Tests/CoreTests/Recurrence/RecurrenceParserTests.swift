import SchedulerCore
import Testing

@Suite struct RecurrenceParserTests {
    @Test(
        "A rule is printed in its canonical form, however it is written",
        arguments: [
            ("FREQ=DAILY;BYHOUR=00;BYMINUTE=00;", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
            ("RRULE:FREQ=DAILY", "FREQ=DAILY"),
            ("rrule:wkst=su;byday=fr,mo,mo;freq=weekly;interval=002", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU"),
            ("FREQ=WEEKLY;WKST=MO;INTERVAL=1", "FREQ=WEEKLY"),
            ("BYDAY=+1MO,-01FR,TU;FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=TU,-1FR,1MO"),
            ("FREQ=YEARLY;BYYEARDAY=-366,+200,1", "FREQ=YEARLY;BYYEARDAY=-366,1,200"),
            ("FREQ=YEARLY;BYWEEKNO=53,-53;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=-53,53;BYDAY=MO"),
            ("FREQ=DAILY;UNTIL=20271231", "FREQ=DAILY;UNTIL=20271231"),
            ("FREQ=DAILY;UNTIL=20271231t235959z", "FREQ=DAILY;UNTIL=20271231T235959Z"),
            ("FREQ=DAILY;UNTIL=20271231T000000", "FREQ=DAILY;UNTIL=20271231T000000"),
            ("FREQ=DAILY;COUNT=0001000000", "FREQ=DAILY;COUNT=1000000"),
            ("FREQ=MONTHLY;BYSETPOS=-1,366;BYDAY=MO", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1,366"),
        ]
    )
    func canonicalForm(text: String, canonical: String) throws {
        let rule = try RecurrenceRule(icalString: text)
        #expect(rule.icalString == canonical)
        #expect(try RecurrenceRule(icalString: canonical) == rule)
    }

    @Test(
        "ESS-04002 names the position of what is wrong",
        arguments: [
            ("", 1), ("RRULE:", 7), ("INTERVAL=2", 11), ("FREQ", 1), ("FREQ=", 6), ("FREQ=FORTNIGHTLY", 6),
            (" FREQ=DAILY", 1), ("FREQ=DAILY ", 11), ("FREQ=DAILY;;", 12), ("FREQ=DAILY;FREQ=DAILY", 12),
            ("FREQ=DAILY;COLOUR=RED", 12), ("FREQ=DAILY;INTERVAL=0", 21), ("FREQ=DAILY;INTERVAL=100000", 21),
            ("FREQ=DAILY;INTERVAL=+2", 21), ("FREQ=DAILY;INTERVAL=99999999999999999999", 21),
            ("FREQ=DAILY;COUNT=1000001", 18), ("FREQ=DAILY;BYMONTH=13", 20), ("FREQ=DAILY;BYMONTH=1,", 22),
            ("FREQ=DAILY;BYMONTH=-1", 20), ("FREQ=DAILY;BYMONTHDAY=0", 23), ("FREQ=DAILY;BYMONTHDAY=1,-32", 25),
            ("FREQ=WEEKLY;BYMONTHDAY=1", 13), ("FREQ=DAILY;BYHOUR=24", 19), ("FREQ=DAILY;BYMINUTE=60", 21),
            ("FREQ=DAILY;BYSECOND=60", 21), ("FREQ=DAILY;BYYEARDAY=1", 12), ("FREQ=WEEKLY;BYYEARDAY=1", 13),
            ("FREQ=MONTHLY;BYYEARDAY=1", 14), ("FREQ=MONTHLY;BYWEEKNO=1", 14), ("FREQ=YEARLY;BYWEEKNO=54", 22),
            ("FREQ=WEEKLY;BYDAY=1MO", 13), ("FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=2", 13), ("FREQ=MONTHLY;BYDAY=54MO", 20),
            ("FREQ=MONTHLY;BYDAY=0MO", 20), ("FREQ=MONTHLY;BYDAY=-MO", 20), ("FREQ=MONTHLY;BYDAY=M", 20),
            ("FREQ=DAILY;BYSETPOS=1", 12), ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", 32),
            ("FREQ=DAILY;COUNT=2;UNTIL=20270101", 20), ("FREQ=DAILY;UNTIL=20270101;COUNT=2", 27),
            ("FREQ=DAILY;UNTIL=20270229", 18), ("FREQ=DAILY;UNTIL=20270101T240000", 18),
            ("FREQ=DAILY;UNTIL=2027-01-01", 18), ("FREQ=DAILY;WKST=XX", 17), ("FREQ=DAILY;BYHOUR=１", 19),
        ]
    )
    func positions(text: String, position: Int) {
        #expect(throws: SchedulerError(4002, String(position))) { try RecurrenceRule(icalString: text) }
    }

    @Test("A rule beyond the length limit is refused at the first byte too many")
    func tooLong() {
        let most = RecurrenceLimits.icalStringBytesMax
        let text = "FREQ=DAILY;BYHOUR=" + Array(repeating: "1", count: most).joined(separator: ",")
        #expect(throws: SchedulerError(4002, String(most + 1))) { try RecurrenceRule(icalString: text) }
    }

    @Test(
        "C20 With extensions off BYSETPOS, UNTIL, COUNT and WKST are refused by name, with them on they are taken",
        arguments: [
            ("FREQ=DAILY;COUNT=3", "COUNT"), ("FREQ=DAILY;UNTIL=20270101", "UNTIL"), ("FREQ=DAILY;wkst=MO", "WKST"),
            ("BYSETPOS=1;FREQ=DAILY;BYHOUR=1,2", "BYSETPOS"),
        ]
    )
    func strict(text: String, part: String) throws {
        _ = try RecurrenceRule(icalString: text)
        #expect(throws: SchedulerError(4003, part)) { try RecurrenceRule(icalString: text, extensions: false) }
    }

    @Test("Without an extension a strict rule is taken")
    func strictWithoutExtensions() throws {
        _ = try RecurrenceRule(icalString: "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6;BYMINUTE=0", extensions: false)
    }

    @Test("Printing and reading lead back to the same rule; broken texts are refused and never crash")
    func roundTripAndFuzz() throws {
        var random = SeededGenerator(seed: 20)
        var accepted = 0
        for _ in 0..<3000 {
            let text = RandomRule.text(&random)
            let rule = try RecurrenceRule(icalString: text)
            #expect(try RecurrenceRule(icalString: rule.icalString) == rule, "\(text)")
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0 where bytes.count > 1: bytes.remove(at: place)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
                default: bytes.insert(Array("0123456789=;,-+TZMO".utf8).randomElement(using: &random) ?? 0, at: place)
                }
            }
            let broken = String(decoding: bytes, as: UTF8.self)
            do {
                let rule = try RecurrenceRule(icalString: broken)
                #expect(try RecurrenceRule(icalString: rule.icalString) == rule, "\(broken)")
                accepted += 1
            } catch {
                #expect(error.code == 4002, "\(broken)")
                let position = try #require(error.arguments.first.flatMap { Int($0) })
                #expect((1...(broken.unicodeScalars.count + 1)).contains(position), "\(broken)")
            }
        }
        #expect((20..<2900).contains(accepted))
    }
}
