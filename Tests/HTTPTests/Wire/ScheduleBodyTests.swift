import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Schedule in a body")
struct ScheduleBodyTests {
    private func submit(_ schedule: String) -> String { #"{"jobDefinitionId":"a/B","schedule":\#(schedule)}"# }

    @Test("every member is read, rules and zone as texts")
    func everyMember() throws {
        let json = submit(
            #"{"timezone":"Europe/Berlin","name":"ignored","overlapPolicy":"skip","recurrences":[{"icalString":"FREQ=DAILY;BYHOUR=00;","#
                + #""startDate":"2027-01-01T00:00","endDate":"2027-06-30T00:00:00Z"},{"icalString":"x"}],"#
                + #""inclusions":["2027-01-09T05:00:00Z"],"exclusions":["2027-12-24","2027-12-25T06:00:00.5+01:00"]}"#
        )
        let schedule = try #require(try SubmitBody(json: Array(json.utf8)).schedule)
        func input(_ text: String) throws -> DateTimeInput { try #require(DateTimeInput(text)) }
        let christmasEve = try #require(CivilDate(year: 2027, month: 12, day: 24))
        #expect(
            schedule
                == ScheduleBody(
                    timezone: "Europe/Berlin",
                    recurrences: [
                        ScheduleBody.Recurrence(
                            icalString: "FREQ=DAILY;BYHOUR=00;",
                            startDate: try input("2027-01-01T00:00"),
                            endDate: try input("2027-06-30T00:00:00Z")
                        ),
                        ScheduleBody.Recurrence(icalString: "x"),
                    ],
                    inclusions: [try input("2027-01-09T05:00:00Z")],
                    exclusions: [.day(christmasEve), .instant(try input("2027-12-25T05:00:00.500Z"))]
                )
        )
    }

    @Test("bad schedules are refused with their place")
    func refusals() {
        let cases: [(String, SchedulerError)] = [
            ("{}", SchedulerError(4007)),
            (#"{"recurrences":[],"inclusions":[],"exclusions":["2027-12-24"]}"#, SchedulerError(4007)),
            (#"{"timezone":1}"#, SchedulerError(5002, "schedule.timezone", "string")),
            (#"{"recurrences":{}}"#, SchedulerError(5002, "schedule.recurrences", "array")),
            (#"{"recurrences":[{}]}"#, SchedulerError(5003, "schedule.recurrences[0].icalString")),
            (#"{"recurrences":["FREQ=DAILY"]}"#, SchedulerError(5002, "schedule.recurrences[0]", "object")),
            (
                #"{"recurrences":[{"icalString":"x","startDate":"1.1.2027"}]}"#,
                SchedulerError(4, #"schedule.recurrences[0].startDate "1.1.2027""#)
            ),
            (
                #"{"recurrences":[{"icalString":"x","startDate":"2027-01-01T00:00Z","endDate":"2027-01-01T00:00Z"}]}"#,
                SchedulerError(4005, "2027-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z")
            ),
            (#"{"inclusions":["2027-12-24"]}"#, SchedulerError(4, #"schedule.inclusions[0] "2027-12-24""#)),
            (#"{"inclusions":[null]}"#, SchedulerError(5002, "schedule.inclusions[0]", "string")),
            (
                #"{"inclusions":["2027-12-24T00:00Z"],"exclusions":["2027-02-29"]}"#,
                SchedulerError(4, #"schedule.exclusions[0] "2027-02-29""#)
            ),
        ]
        for (json, expected) in cases {
            #expect(wireRefusal(submit(json), SubmitBody.init(json:)) == expected, "\(json)")
        }
    }

    @Test(
        "a date-time without Z or offset is known as local",
        arguments: [
            ("2027-03-01T09:10", false), ("2027-03-01T09:10:00", false), ("2027-03-01T09:10:00.12", false),
            ("2027-03-01T09:10:00.12345", false), ("2027-03-01T09:10Z", true), ("2027-03-01t09:10:00z", true),
            ("2027-03-01T09:10+00:00", true), ("2027-03-01T09:10:00.123-05:30", true),
            ("2027-03-01T09:10:00 02:00", true),
        ]
    )
    func offsets(text: String, hasOffset: Bool) throws {
        #expect(try #require(DateTimeInput(text)).hasOffset == hasOffset)
    }
}
