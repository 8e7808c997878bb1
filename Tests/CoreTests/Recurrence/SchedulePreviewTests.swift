import SchedulerCore
import Testing

@Suite struct SchedulePreviewTests {
    @Test("A50 Preview marks both DST changes of Europe/Berlin")
    func berlin() throws {
        let schedule = try JobSchedule("FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0", "Europe/Berlin")
        let lines = try SchedulePreview(schedule, start: try Timestamp("2027-01-01T00:00:00Z"), max: 365).lines
        let marked = lines.filter { !$0.notes.isEmpty }
        #expect(marked.map(\.localText) == ["2027-03-28T03:00:00+02:00", "2027-10-31T02:30:00+02:00"])
        #expect(marked.map(\.notes) == [[.gapShifted], [.firstOfTwo]])
        #expect(marked.map(\.instant.description) == ["2027-03-28T01:00:00.000Z", "2027-10-31T00:30:00.000Z"])
    }

    @Test("Merged and excluded instants are marked, bounds are kept")
    func notes() throws {
        var schedule = try JobSchedule("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0;BYSECOND=0", "Europe/Berlin")
        schedule.inclusions = [try Timestamp("2027-03-29T00:00:00Z")]
        schedule.exclusions = [.day(try #require(CivilDate(year: 2027, month: 3, day: 30)))]
        let preview = try SchedulePreview(
            schedule,
            start: try Timestamp("2027-01-01T00:00:00Z"),
            from: try Timestamp("2027-03-28T01:00:00Z"),
            to: try Timestamp("2027-03-30T00:00:00Z")
        )
        #expect(preview.lines.map(\.notes) == [[.gapShifted, .merged], [.merged], [], [.excluded]])
        #expect(preview.lines.map(\.isMade) == [true, true, true, false])
    }

    @Test("A preview has at most 1000 lines")
    func length() throws {
        let schedule = try JobSchedule("FREQ=SECONDLY")
        let start = try Timestamp("2027-01-01T00:00:00Z")
        #expect(try SchedulePreview(schedule, start: start, max: 100_000).lines.count == 1000)
        #expect(try SchedulePreview(schedule, start: start, max: 10).lines.count == 10)
    }

    @Test(
        "Rules are told in English",
        arguments: [
            ("FREQ=DAILY;BYHOUR=6;BYMINUTE=0", "Every day at 06:00"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=1", "Every 2 weeks on Monday and Friday, 1 time"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "Every month on working days, of these only the last"),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "Every year in November on the 4th Thursday of the month"),
            (
                "FREQ=MONTHLY;BYMONTHDAY=1,-1;UNTIL=20271231",
                "Every month on the last day and day 1 of the month, until 2027-12-31"
            ),
            ("FREQ=HOURLY;BYMINUTE=0,30", "Every hour at minutes 0 and 30"),
        ]
    )
    func english(rule: String, expected: String) throws {
        #expect(try RecurrenceRule(icalString: rule).summary == expected)
    }

    @Test("ESS-04007, 04005, 04004, 05008: what a schedule must fulfil")
    func validation() throws {
        #expect(throws: SchedulerError(4007)) { try JobSchedule(timezone: "UTC").validate() }
        #expect(throws: SchedulerError(4004, "Mars/Base")) { try JobSchedule("FREQ=DAILY", "Mars/Base").validate() }
        let (start, end) = (try Timestamp("2027-01-02T00:00:00Z"), try Timestamp("2027-01-01T00:00:00Z"))
        var schedule = try JobSchedule("FREQ=DAILY")
        try schedule.validate()
        schedule.recurrences = [SchedulePattern(rule: schedule.recurrences[0].rule, startDate: start, endDate: end)]
        #expect(throws: SchedulerError(4005, end.description, start.description)) { try schedule.validate() }
        schedule.recurrences = []
        schedule.inclusions = Array(repeating: start, count: RecurrenceLimits.instantsMax + 1)
        #expect(throws: SchedulerError(5008, "inclusions", "10000")) { try schedule.validate() }
    }

    @Test("Exclusions are read as date-times and dates")
    func exclusions() throws {
        #expect(ScheduleExclusion("2027-12-24") == .day(try #require(CivilDate(year: 2027, month: 12, day: 24))))
        #expect(ScheduleExclusion("2027-12-24T05:00:00Z") == .instant(try Timestamp("2027-12-24T05:00:00Z")))
        for text in ["", "2027-12-32", "2027-12", "tomorrow", "2027-12-24T", "20271224"] {
            #expect(ScheduleExclusion(text) == nil)
        }
    }
}
