import SchedulerCore
import Testing

@Suite("Stored schedules")
struct StoredScheduleTests {
    typealias Fixture = CatalogueFixture

    private static let id = Fixture.id(.schedule, "S")
    private static let holidays = ExclusionsDefinition(
        id: Fixture.id(.exclusionsDefinition, "Holidays"),
        dates: [.instant(Timestamp(milliseconds: 5))],
        recurrences: [WrittenRecurrence(icalString: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25")]
    )

    private func schedule(_ icalStrings: String...) -> StoredSchedule {
        StoredSchedule(id: Self.id, recurrences: icalStrings.map { WrittenRecurrence(icalString: $0) })
    }

    @Test("A schedule is resolved with its rules read, its exclusions gathered and the configured zone")
    func resolved() throws {
        var schedule = schedule("FREQ=DAILY;BYHOUR=6;")
        schedule.exclusions = [.instant(Timestamp(milliseconds: 1))]
        schedule.exclusionsDefinitions = [Self.holidays.id]
        schedule.catchUpPolicy = .latest
        schedule.overlapPolicy = .skip
        schedule.displayName = "Daily"
        let catalogue = Fixture.catalogue(.exclusionsDefinition(Self.holidays))
        let resolved = try schedule.resolved(in: catalogue, defaultTimeZone: "Europe/Berlin", extensions: true)
        let expected = JobSchedule(
            timezone: "Europe/Berlin",
            recurrences: [SchedulePattern(rule: try RecurrenceRule(icalString: "FREQ=DAILY;BYHOUR=6"))],
            exclusions: [.instant(Timestamp(milliseconds: 1)), .instant(Timestamp(milliseconds: 5))],
            exclusionPatterns: [
                SchedulePattern(rule: try RecurrenceRule(icalString: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"))
            ],
            overlap: .skip,
            catchUp: .latest,
            name: "S",
            displayName: "Daily",
            id: Self.id
        )
        #expect(resolved == expected)
        schedule.timezone = "UTC"
        #expect(
            try schedule.resolved(in: catalogue, defaultTimeZone: "Europe/Berlin", extensions: true).timezone == "UTC"
        )
    }

    @Test("What cannot be resolved says why")
    func refused() {
        func resolve(_ schedule: StoredSchedule, extensions: Bool = true) throws {
            _ = try schedule.resolved(in: .builtIn, defaultTimeZone: "UTC", extensions: extensions)
        }
        #expect(throws: SchedulerError(4007)) { try resolve(schedule()) }
        #expect(throws: SchedulerError(4003, "COUNT")) {
            try resolve(schedule("FREQ=DAILY;COUNT=3"), extensions: false)
        }
        var dangling = schedule("FREQ=DAILY")
        dangling.exclusionsDefinitions = [Self.holidays.id]
        #expect(throws: SchedulerError(30003, Self.id.description, Self.holidays.id.description)) {
            try resolve(dangling)
        }
    }

    @Test("A schedule has instants, a zone that exists, rules that can be read and ends after starts")
    func validation() {
        var bad = schedule("FREQ=DAILY", "FREQ=HOURLY;INTERVAL=0", "FREQ=DAILY")
        bad.timezone = "Europe/Atlantis"
        bad.recurrences[2].startDate = Timestamp(milliseconds: 1000)
        bad.recurrences[2].endDate = Timestamp(milliseconds: 1000)
        bad.exclusionsDefinitions = [Self.holidays.id, Self.holidays.id, Fixture.id(.exclusionsDefinition, "Gone")]
        #expect(
            Fixture.errors(.exclusionsDefinition(Self.holidays), .schedule(bad)) == [
                "/exclusionsDefinitions/2 ExclusionsDefinition://acme/gl/Gone does not exist",
                "/timezone Unknown time zone Europe/Atlantis.",
                "/recurrences/1/icalString Invalid icalString at position 22.",
                "/recurrences/2/endDate the end is not after the start",
                "/exclusionsDefinitions/1 ExclusionsDefinition://acme/gl/Holidays stands here twice",
            ]
        )
        #expect(
            Fixture.errors(.schedule(schedule())) == ["/recurrences a schedule has a recurrence or an inclusion"]
        )
        let inclusion = StoredSchedule(id: Self.id, inclusions: [Timestamp(milliseconds: 0)])
        #expect(Fixture.errors(.schedule(inclusion)) == [])
        let broken = ExclusionsDefinition(
            id: Self.holidays.id,
            recurrences: [WrittenRecurrence(icalString: "DAILY")]
        )
        #expect(Fixture.errors(.exclusionsDefinition(broken)).count == 1)
    }

    @Test("A schedule has at most 100 rules and 10000 single instants, with those of its definitions")
    func bounds() {
        var many = StoredSchedule(
            id: Self.id,
            recurrences: Array(repeating: WrittenRecurrence(icalString: "FREQ=DAILY"), count: 101)
        )
        #expect(Fixture.errors(.schedule(many)) == ["/recurrences more than 100 of them"])
        many.recurrences = []
        many.inclusions = (0...10_000).map { Timestamp(milliseconds: $0) }
        many.exclusions = (0..<10_000).map { .instant(Timestamp(milliseconds: $0)) }
        many.exclusionsDefinitions = [Self.holidays.id]
        #expect(
            Fixture.errors(.exclusionsDefinition(Self.holidays), .schedule(many))
                == ["/inclusions more than 10000 of them", "/exclusionsDefinitions more than 10000 of them"]
        )
    }
}
