import SchedulerCore
import Testing

/// What a schedule adds to its rules: windows, bounds, inclusions, exclusions, and the bounds of work.
@Suite struct OccurrenceTests {
    @Test("Inclusions and rules merge, exclusions win over both, bounds belong to the window")
    func setAlgebra() throws {
        var schedule = try JobSchedule("FREQ=DAILY")
        schedule.inclusions = [
            try Timestamp("2027-01-02T06:00:00Z"), try Timestamp("2027-01-02T18:00:00.9Z"),
            try Timestamp("2027-01-09T00:00Z"),
        ]
        schedule.exclusions = [
            .instant(try Timestamp("2027-01-03T06:00:00Z")), .instant(try Timestamp("2027-01-09T00:00Z")),
        ]
        let found = try schedule.occurrences(from: "2027-01-01T06:00:00Z", to: "2027-01-05T06:00:00Z")
        #expect(
            found == [
                "2027-01-01T06:00:00.000Z", "2027-01-02T06:00:00.000Z", "2027-01-02T18:00:00.000Z",
                "2027-01-04T06:00:00.000Z", "2027-01-05T06:00:00.000Z",
            ]
        )
    }

    @Test("A date-only exclusion takes the whole local day, also one of 25 hours")
    func excludedDay() throws {
        var schedule = try JobSchedule("FREQ=HOURLY", "Europe/Berlin")
        schedule.exclusions = [try #require(ScheduleExclusion("2027-10-31"))]
        let found = try schedule.occurrences(from: "2027-10-30T21:00:00Z", to: "2027-11-01T00:00:00Z")
        #expect(
            found == [
                "2027-10-30T21:00:00.000Z", "2027-10-31T23:00:00.000Z", "2027-11-01T00:00:00.000Z",
            ]
        )
    }

    @Test("Patterns of exclusions take what they meet")
    func excludedPattern() throws {
        var schedule = try JobSchedule("FREQ=DAILY")
        schedule.exclusionPatterns = [SchedulePattern(rule: try RecurrenceRule(icalString: "FREQ=WEEKLY;BYDAY=SA,SU"))]
        let found = try schedule.occurrences(from: "2027-01-01T06:00:00Z", to: "2027-01-05T06:00:00Z")
        #expect(found.map { $0.prefix(10) } == ["2027-01-01", "2027-01-04", "2027-01-05"])
    }

    @Test("Start and end of a recurrence bound it alone, and its start is its anchor")
    func patternBounds() throws {
        let rule = try RecurrenceRule(icalString: "FREQ=DAILY;INTERVAL=2")
        let bounded = SchedulePattern(
            rule: rule,
            startDate: try Timestamp("2026-12-30T01:00:00.7Z"),
            endDate: try Timestamp("2027-01-03T01:00:00Z")
        )
        let schedule = JobSchedule(timezone: "UTC", recurrences: [bounded, SchedulePattern(rule: rule)])
        let found = try schedule.occurrences(from: "2027-01-01T00:00:00Z", to: "2027-01-07T00:00:00Z")
        #expect(
            found.map { $0.prefix(13) } == [
                "2027-01-01T00", "2027-01-01T01", "2027-01-03T00", "2027-01-03T01", "2027-01-05T00", "2027-01-07T00",
            ]
        )
    }

    @Test("COUNT counts from the anchor, also what lies before the window, and what exclusions take")
    func count() throws {
        let rule = try RecurrenceRule(icalString: "FREQ=DAILY;COUNT=5")
        var schedule = JobSchedule(
            timezone: "UTC",
            recurrences: [SchedulePattern(rule: rule, startDate: try Timestamp("2027-01-01T00:00:00Z"))]
        )
        schedule.exclusions = [.instant(try Timestamp("2027-01-04T00:00:00Z"))]
        let found = try schedule.occurrences(from: "2027-01-03T00:00:00Z")
        #expect(found.map { $0.prefix(10) } == ["2027-01-03", "2027-01-05"])
    }

    @Test("A start with a fraction counts without it, so that COUNT=3 yields three instants")
    func fraction() throws {
        let found = try JobSchedule("FREQ=SECONDLY;COUNT=3").occurrences(from: "2027-01-01T00:00:00.750Z")
        #expect(found.map { $0.suffix(7) } == ["00.000Z", "01.000Z", "02.000Z"])
    }

    @Test("The anchor is an instant only if the rule matches it")
    func anchor() throws {
        let schedule = try JobSchedule("FREQ=DAILY;BYHOUR=6;COUNT=2")
        #expect(
            try schedule.occurrences(from: "2027-01-01T07:15:20Z") == [
                "2027-01-02T06:15:20.000Z", "2027-01-03T06:15:20.000Z",
            ]
        )
    }

    @Test("An end before the start leaves nothing, one at the start the start itself")
    func emptyWindow() throws {
        let schedule = try JobSchedule("FREQ=DAILY")
        #expect(try schedule.occurrences(from: "2027-01-02T00:00:00Z", to: "2027-01-01T00:00:00Z") == [])
        #expect(try schedule.occurrences(from: "2027-01-02T00:00:00Z", to: "2027-01-02T00:00:00Z").count == 1)
    }

    @Test("Nothing within 100 years is nothing, whatever the rule", .timeLimit(.minutes(1)), arguments: RuleLists.never)
    func never(rule: String) throws {
        let schedule = try JobSchedule(rule, "Europe/Berlin")
        let occurrences = try Occurrences(schedule, start: try Timestamp("2027-01-01T00:00:00Z"), end: nil)
        #expect(occurrences.next(after: try Timestamp("2027-01-01T00:00:00Z")) == nil)
        #expect(occurrences.next(after: try Timestamp("2060-01-01T00:00:00Z")) == nil)
    }

    @Test("Rules that match once in decades are found by jumping", .timeLimit(.minutes(1)), arguments: RuleLists.rare)
    func rare(rule: String, expected: String) throws {
        let schedule = try JobSchedule(rule, "Europe/Berlin")
        let occurrences = try Occurrences(schedule, start: try Timestamp("2027-01-01T00:00:00Z"), end: nil)
        let next = try #require(occurrences.next(after: try Timestamp("2027-06-01T00:00:00Z")))
        #expect(occurrences.zone(text: next) == expected)
    }

    @Test("Look-ups at the edges of time end")
    func edges() throws {
        for rule in ["FREQ=SECONDLY", "FREQ=DAILY", "FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO", "FREQ=YEARLY;INTERVAL=99999"] {
            let schedule = try JobSchedule(rule, "Europe/Berlin")
            for start in [Int64.min, -1, 0, Int64.max] {
                let occurrences = try Occurrences(schedule, start: Timestamp(milliseconds: start), end: nil)
                for instant in [Int64.min, Int64.min + 1, 0, 253_402_300_799_000, Int64.max] {
                    if let next = occurrences.next(after: Timestamp(milliseconds: instant)) {
                        #expect(next.milliseconds > instant)
                    }
                }
            }
        }
    }

    @Test("An endless exclusion ends a look-up")
    func allExcluded() throws {
        var schedule = try JobSchedule("FREQ=DAILY")
        schedule.exclusionPatterns = schedule.recurrences
        #expect(try schedule.occurrences(from: "2027-01-02T00:00:00Z") == [])
        schedule = try JobSchedule("FREQ=SECONDLY")
        schedule.exclusionPatterns = schedule.recurrences
        #expect(try schedule.occurrences(from: "2027-01-02T00:00:00Z") == [])
    }
}

extension JobSchedule {
    fileprivate func occurrences(from start: String, to end: String? = nil) throws -> [String] {
        let end = try end.map { try Timestamp($0) }
        return try Occurrences(self, start: try Timestamp(start), end: end).instants().map(\.description)
    }
}

extension Occurrences {
    fileprivate func zone(text instant: Timestamp) -> String {
        (try? ZoneRules(identifier: "Europe/Berlin").text(of: instant.wholeSeconds)) ?? ""
    }
}
