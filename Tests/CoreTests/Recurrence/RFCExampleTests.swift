import SchedulerCore
import Testing

/// The examples of RFC 5545 §3.8.5.3: all begin at 09:00 in New York, on 2 September 1997 unless they say otherwise.
@Suite struct RFCExampleTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let rule: String
        var start = "1997-09-02T09:00:00-04:00"
        /// Local dates, all at 09:00, or date-times.
        let expected: [String]
        /// All instants, not only the first ones.
        var isWhole = false

        var testDescription: String { rule }
    }

    static let dates: [Example] = [
        Example(
            rule: "FREQ=DAILY;COUNT=10",
            expected: (2...11).map { "1997-09-" + ($0 < 10 ? "0" : "") + String($0) },
            isWhole: true
        ),
        Example(rule: "FREQ=DAILY;INTERVAL=2", expected: ["1997-09-02", "1997-09-04", "1997-09-06"]),
        Example(
            rule: "FREQ=DAILY;INTERVAL=10;COUNT=5",
            expected: ["1997-09-02", "1997-09-12", "1997-09-22", "1997-10-02", "1997-10-12"],
            isWhole: true
        ),
        Example(
            rule: "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
            expected: ["1997-09-02", "1997-09-16", "1997-09-30", "1997-10-14", "1997-10-28", "1997-11-11"]
        ),
        Example(
            rule: "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
            expected: [
                "1997-09-02", "1997-09-04", "1997-09-09", "1997-09-11", "1997-09-16", "1997-09-18", "1997-09-23",
                "1997-09-25", "1997-09-30", "1997-10-02",
            ],
            isWhole: true
        ),
        Example(
            rule: "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            start: "1997-09-01T09:00:00-04:00",
            expected: [
                "1997-09-01", "1997-09-03", "1997-09-05", "1997-09-15", "1997-09-17", "1997-09-19", "1997-09-29",
                "1997-10-01", "1997-10-03", "1997-10-13", "1997-10-15", "1997-10-17", "1997-10-27", "1997-10-29",
                "1997-10-31", "1997-11-10", "1997-11-12", "1997-11-14", "1997-11-24", "1997-11-26", "1997-11-28",
                "1997-12-08", "1997-12-10", "1997-12-12", "1997-12-22",
            ],
            isWhole: true
        ),
        Example(
            rule: "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
            start: "1997-09-05T09:00:00-04:00",
            expected: [
                "1997-09-05", "1997-10-03", "1997-11-07", "1997-12-05", "1998-01-02", "1998-02-06", "1998-03-06",
                "1998-04-03", "1998-05-01", "1998-06-05",
            ],
            isWhole: true
        ),
        Example(
            rule: "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            start: "1997-09-07T09:00:00-04:00",
            expected: [
                "1997-09-07", "1997-09-28", "1997-11-02", "1997-11-30", "1998-01-04", "1998-01-25", "1998-03-01",
                "1998-03-29", "1998-05-03", "1998-05-31",
            ],
            isWhole: true
        ),
        Example(
            rule: "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
            start: "1997-09-22T09:00:00-04:00",
            expected: ["1997-09-22", "1997-10-20", "1997-11-17", "1997-12-22", "1998-01-19", "1998-02-16"],
            isWhole: true
        ),
        Example(
            rule: "FREQ=MONTHLY;BYMONTHDAY=-3",
            start: "1997-09-28T09:00:00-04:00",
            expected: ["1997-09-28", "1997-10-29", "1997-11-28", "1997-12-29", "1998-01-29", "1998-02-26"]
        ),
        Example(
            rule: "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            start: "1997-09-10T09:00:00-04:00",
            expected: [
                "1997-09-10", "1997-09-11", "1997-09-12", "1997-09-13", "1997-09-14", "1997-09-15", "1999-03-10",
                "1999-03-11", "1999-03-12", "1999-03-13",
            ],
            isWhole: true
        ),
        Example(
            rule: "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
            start: "1997-01-01T09:00:00-05:00",
            expected: [
                "1997-01-01", "1997-04-10", "1997-07-19", "2000-01-01", "2000-04-09", "2000-07-18", "2003-01-01",
                "2003-04-10", "2003-07-19", "2006-01-01",
            ],
            isWhole: true
        ),
        Example(
            rule: "FREQ=YEARLY;BYDAY=20MO",
            start: "1997-05-19T09:00:00-04:00",
            expected: ["1997-05-19", "1998-05-18", "1999-05-17"]
        ),
        Example(
            rule: "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            start: "1997-05-12T09:00:00-04:00",
            expected: ["1997-05-12", "1998-05-11", "1999-05-17"]
        ),
        Example(
            rule: "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            expected: ["1998-02-13", "1998-03-13", "1998-11-13", "1999-08-13", "2000-10-13"]
        ),
        Example(
            rule: "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            start: "1996-11-05T09:00:00-05:00",
            expected: ["1996-11-05", "2000-11-07", "2004-11-02"]
        ),
        Example(
            rule: "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
            start: "1997-09-04T09:00:00-04:00",
            expected: ["1997-09-04", "1997-10-07", "1997-11-06"],
            isWhole: true
        ),
        Example(
            rule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            start: "1997-09-29T09:00:00-04:00",
            expected: ["1997-09-29", "1997-10-30", "1997-11-27", "1997-12-30", "1998-01-29", "1998-02-26"]
        ),
        Example(
            rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            start: "1997-08-05T09:00:00-04:00",
            expected: ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"],
            isWhole: true
        ),
        Example(
            rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            start: "1997-08-05T09:00:00-04:00",
            expected: ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"],
            isWhole: true
        ),
        Example(
            rule: "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            start: "2007-01-15T09:00:00-05:00",
            expected: ["2007-01-15", "2007-01-30", "2007-02-15", "2007-03-15", "2007-03-30"],
            isWhole: true
        ),
        Example(
            rule: "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
            expected: ["1997-09-02", "1997-09-02T10:30:00", "1997-09-02T12:00:00", "1997-09-02T13:30:00"],
            isWhole: true
        ),
        Example(
            rule: "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z",
            expected: ["1997-09-02", "1997-09-02T12:00:00"],
            isWhole: true
        ),
        Example(
            rule: "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
            expected: ["1997-09-02", "1997-09-02T09:20:00", "1997-09-02T09:40:00", "1997-09-02T10:00:00"]
        ),
    ]

    @Test("I39 The examples of RFC 5545", arguments: dates)
    func examples(example: Example) throws {
        let schedule = try JobSchedule(example.rule, "America/New_York")
        let count = example.expected.count + (example.isWhole ? 1 : 0)
        let found = try schedule.localTimes(from: example.start, count: count).map { String($0.prefix(19)) }
        #expect(found == example.expected.map { $0.count == 10 ? $0 + "T09:00:00" : $0 })
    }

    @Test("I39 Every day in January is the same written yearly and daily")
    func january() throws {
        let yearly = "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"
        let daily = "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1"
        let days = try JobSchedule(yearly, "America/New_York").localTimes(from: "1998-01-01T09:00:00-05:00")
        #expect(days.count == 93)
        #expect(try JobSchedule(daily, "America/New_York").localTimes(from: "1998-01-01T09:00:00-05:00") == days)
    }
}
