import SchedulerCore
import Testing

/// Rules at changes of the clock (runtime §5.2).
@Suite struct ClockChangeTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let rule: String
        let zone: String
        let start: String
        let expected: [String]
        var testDescription: String { "\(rule) \(zone)" }
    }

    static let examples: [Example] = [
        Example(
            rule: "FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0",
            zone: "Europe/Berlin",
            start: "2027-03-27T00:00:00Z",
            expected: ["2027-03-27T02:30:00+01:00", "2027-03-28T03:00:00+02:00", "2027-03-29T02:30:00+02:00"]
        ),
        Example(
            rule: "FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0",
            zone: "Europe/Berlin",
            start: "2027-10-30T00:00:00Z",
            expected: ["2027-10-30T02:30:00+02:00", "2027-10-31T02:30:00+02:00", "2027-11-01T02:30:00+01:00"]
        ),
        Example(
            rule: "FREQ=WEEKLY;BYDAY=SU;BYHOUR=2,3;BYMINUTE=0;BYSECOND=0",
            zone: "America/New_York",
            start: "2027-03-13T00:00:00Z",
            expected: ["2027-03-14T03:00:00-04:00", "2027-03-21T02:00:00-04:00", "2027-03-21T03:00:00-04:00"]
        ),
        Example(
            rule: "FREQ=DAILY;BYHOUR=17,20;BYMINUTE=0;COUNT=5",
            zone: "Pacific/Apia",
            start: "2011-12-29T00:00:00-10:00",
            expected: [
                "2011-12-29T17:00:00-10:00", "2011-12-29T20:00:00-10:00", "2011-12-31T00:00:00+14:00",
                "2011-12-31T17:00:00+14:00", "2011-12-31T20:00:00+14:00",
            ]
        ),
        Example(
            rule: "FREQ=HOURLY",
            zone: "Europe/Berlin",
            start: "2027-10-31T00:10:00Z",
            expected: ["2027-10-31T02:10:00+02:00", "2027-10-31T02:10:00+01:00", "2027-10-31T03:10:00+01:00"]
        ),
        Example(
            rule: "FREQ=HOURLY;BYHOUR=2,3;BYMINUTE=15,45",
            zone: "Europe/Berlin",
            start: "2027-10-31T00:00:00Z",
            expected: [
                "2027-10-31T02:15:00+02:00", "2027-10-31T02:45:00+02:00", "2027-10-31T02:15:00+01:00",
                "2027-10-31T02:45:00+01:00", "2027-10-31T03:15:00+01:00",
            ]
        ),
        Example(
            rule: "FREQ=MINUTELY;INTERVAL=30;BYHOUR=1,2,3",
            zone: "Europe/Berlin",
            start: "2027-03-28T00:00:00Z",
            expected: ["2027-03-28T01:00:00+01:00", "2027-03-28T01:30:00+01:00", "2027-03-28T03:00:00+02:00"]
        ),
        Example(
            rule: "FREQ=HOURLY;INTERVAL=12",
            zone: "Australia/Lord_Howe",
            start: "2027-04-03T09:00:00+11:00",
            expected: ["2027-04-03T09:00:00+11:00", "2027-04-03T21:00:00+11:00", "2027-04-04T08:30:00+10:30"]
        ),
        Example(
            rule: "FREQ=DAILY;BYHOUR=2;BYMINUTE=15",
            zone: "Australia/Lord_Howe",
            start: "2027-10-02T00:00:00+10:30",
            expected: ["2027-10-02T02:15:00+10:30", "2027-10-03T02:30:00+11:00", "2027-10-04T02:15:00+11:00"]
        ),
        Example(
            rule: "FREQ=DAILY;BYHOUR=2;BYMINUTE=30;UNTIL=20270207",
            zone: "Africa/Casablanca",
            start: "2027-02-06T00:00:00+01:00",
            expected: ["2027-02-06T02:30:00+01:00", "2027-02-07T02:30:00+01:00"]
        ),
        Example(
            rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=21071231",
            zone: "UTC",
            start: "2092-02-29T06:00:00Z",
            expected: ["2092-02-29T06:00:00+00:00", "2096-02-29T06:00:00+00:00", "2104-02-29T06:00:00+00:00"]
        ),
        Example(
            rule: "FREQ=MONTHLY;BYMONTHDAY=31",
            zone: "Europe/Berlin",
            start: "2199-07-31T02:00:00Z",
            expected: ["2199-07-31T04:00:00+02:00", "2199-08-31T04:00:00+02:00", "2199-10-31T04:00:00+01:00"]
        ),
        Example(
            rule: "FREQ=YEARLY",
            zone: "America/New_York",
            start: "1900-02-28T17:00:00Z",
            expected: ["1900-02-28T12:00:00-05:00", "1901-02-28T12:00:00-05:00", "1902-02-28T12:00:00-05:00"]
        ),
    ]

    @Test("I40 Rules pass changes of the clock by the written rule", arguments: examples)
    func changes(example: Example) throws {
        let schedule = try JobSchedule(example.rule, example.zone)
        #expect(try schedule.localTimes(from: example.start, count: example.expected.count) == example.expected)
    }

    @Test(
        "I40 A daily local time fires once a day through every change of 60 years",
        arguments: ["Europe/Berlin", "America/Havana"]
    )
    func onceADay(zone: String) throws {
        for clock in [0, 1, 2, 3] {
            let schedule = try JobSchedule("FREQ=DAILY;BYHOUR=\(clock);BYMINUTE=30;BYSECOND=0", zone)
            let start = try Timestamp("1990-01-01T12:00:00Z")
            let occurrences = try Occurrences(schedule, start: start, end: try Timestamp("2050-01-01T12:00:00Z"))
            #expect(occurrences.instants().reduce(into: 0) { count, _ in count += 1 } == 21_915)
        }
    }
}
