import Documents
import SchedulerCore
import Testing

@Suite("Import of Oracle's schedules")
struct OracleScheduleTests {
    /// As the request history of an installation holds it.
    static let hourly = """
        <?xml version = '1.0' encoding = 'UTF-8'?>
        <schedule xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="job 4Hourly_schedule"
            xmlns="http://xmlns.oracle.com/scheduler">
          <description>Schedule for job4Hourly</description>
          <display-name>job4Hourly schedule</display-name>
          <recurrence>
            <count>0</count>
            <ical-expression>FREQ=HOURLY;BYMINUTE=30;INTERVAL=1;</ical-expression>
          </recurrence>
          <vendor-hint level="7"><a/><b/></vendor-hint>
        </schedule>
        """

    private static func schedule(_ body: String, _ options: OracleXMLOptions = OracleXMLText.options) throws
        -> StoredSchedule
    {
        let content = try OracleXMLText.object("<schedule name='S'>\(body)</schedule>", options)
        guard case .schedule(let schedule) = content else { throw OracleXMLText.Unexpected(report: []) }
        return schedule
    }

    private static func report(_ body: String, _ options: OracleXMLOptions = OracleXMLText.options) -> [String] {
        OracleXMLText.report("<schedule name='S'>\(body)</schedule>", options)
    }

    private static func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test("A18: a schedule with count 0 and a trailing ; is read in each encoding", arguments: EncodedText.allCases)
    func observed(_ encoding: EncodedText) throws {
        let reading = OracleXMLReader.read(encoding.bytes(Self.hourly), OracleXMLText.options)
        let expected = StoredSchedule(
            id: MetadataObjectID(kind: .schedule, package: "/acme/gl", name: "job_4Hourly_schedule"),
            displayName: "job4Hourly schedule",
            description: "Schedule for job4Hourly",
            recurrences: [WrittenRecurrence(icalString: "FREQ=HOURLY;BYMINUTE=30;INTERVAL=1")]
        )
        #expect(reading.contents == [.schedule(expected)])
        let path = "schedule(job 4Hourly_schedule)"
        #expect(
            reading.report.map(\.description) == [
                "f.xml:3: schedule/@name: changed: job_4Hourly_schedule: _ stands for blanks",
                "f.xml:3: \(path): mapped: is Schedule://acme/gl/job_4Hourly_schedule",
                "f.xml:7: \(path)/recurrence/count: mapped: 0 is no limit",
                "f.xml:8: \(path)/recurrence/ical-expression: changed: the ; at the end is dropped",
                "f.xml:10: \(path)/vendor-hint: ignored: unknown element",
            ]
        )
        #expect(!reading.hasErrors)
        let set = try DocumentSet.checked([reading.reading], origin: .imported, beside: [])
        #expect(set.objects.map(\.origin) == [.imported])
    }

    @Test("Names count without case, - and namespace, and as attributes or elements")
    func names() throws {
        let text = """
            <x:SCHEDULE xmlns:x="urn:other"><Name>S</Name><DisplayName>D</DisplayName>
            <x:Recurrence iCal_Expression="FREQ=DAILY"/></x:SCHEDULE>
            """
        let expected = StoredSchedule(
            id: MetadataObjectID(kind: .schedule, package: "/acme/gl", name: "S"),
            displayName: "D",
            recurrences: [WrittenRecurrence(icalString: "FREQ=DAILY")]
        )
        #expect(try OracleXMLText.object(text) == .schedule(expected))
        #expect(try OracleXMLText.object(text.replacing("urn:other", with: "")) == .schedule(expected))
    }

    @Test("A count is COUNT, 0 is no limit, and more than 0 is an error where extensions are refused")
    func counts() throws {
        func body(_ count: String) -> String {
            "<recurrence><count>\(count)</count><ical-expression>FREQ=DAILY</ical-expression></recurrence>"
        }
        var strict = OracleXMLText.options
        strict.isStrict = true
        let unlimited = [WrittenRecurrence(icalString: "FREQ=DAILY")]
        #expect(try Self.schedule(body("0"), strict).recurrences == unlimited)
        #expect(
            try Self.schedule(body("12")).recurrences == [WrittenRecurrence(icalString: "FREQ=DAILY;COUNT=12")]
        )
        #expect(OracleXMLText.read("<schedule name='S'>\(body("12"))</schedule>", strict).contents == [])
        let refused = Self.report(body("12"), strict)
        #expect(refused == ["1 schedule(S)/recurrence/count error a count is an extension, and refused"])
        #expect(Self.report(body("x")) == ["1 schedule(S)/recurrence/count error x is no count"])
        #expect(Self.report(body("-1")) == ["1 schedule(S)/recurrence/count error -1 is no count"])
        let both = body("3").replacing("DAILY", with: "DAILY;COUNT=4")
        #expect(
            Self.report(both) == ["1 schedule(S)/recurrence/count error 3 is not the COUNT=4 of the expression"]
        )
        #expect(try Self.schedule(both.replacing("=4", with: "=3")).recurrences.count == 1)
    }

    @Test("An object with a wrong rule is left out, and known as unreadable")
    func wrongRule() {
        let reading = OracleXMLText.read(
            "<schedule name='S'><recurrence><ical-expression>FREQ=OFTEN</ical-expression></recurrence></schedule>"
        )
        #expect(reading.contents == [])
        #expect(reading.hasErrors)
        #expect(reading.reading.unreadable.map(\.description) == ["Schedule://acme/gl/S"])
    }

    @Test(
        "Fields become one rule",
        arguments: [
            ("<frequency>DAILY</frequency>", "FREQ=DAILY"),
            ("<frequency>hourly</frequency><interval>4</interval>", "FREQ=HOURLY;INTERVAL=4"),
            (
                "<frequency>WEEKLY</frequency><interval>2</interval><day>MONDAY</day><day>FRIDAY</day><time>06:30</time>",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;BYHOUR=6;BYMINUTE=30;BYSECOND=0"
            ),
            (
                "<frequency>DAILY</frequency><times><time>6:00:15</time><time>18:00:15</time></times>",
                "FREQ=DAILY;BYHOUR=6,18;BYMINUTE=0;BYSECOND=15"
            ),
            (
                "<frequency>MONTHLY</frequency><day>15</day><day>LAST</day>", "FREQ=MONTHLY;BYMONTHDAY=-1,15"
            ),
            (
                "<frequency>MONTHLY</frequency><week-of-month>SECOND</week-of-month>"
                    + "<week-of-month>LAST</week-of-month><day-of-week>TUESDAY</day-of-week>",
                "FREQ=MONTHLY;BYDAY=-1TU,2TU"
            ),
            (
                "<frequency>YEARLY</frequency><month>MARCH</month><month>11</month><day-of-month>1</day-of-month>",
                "FREQ=YEARLY;BYMONTH=3,11;BYMONTHDAY=1"
            ),
            (
                "<frequency>WEEKLY</frequency><days-of-week>MO, WED SU</days-of-week>", "FREQ=WEEKLY;BYDAY=MO,WE,SU"
            ),
            (
                """
                <frequency>YEARLY</frequency><months-of-year><month>JANUARY</month><month>JULY</month></months-of-year>
                <weeks-of-month><week>FIRST</week></weeks-of-month><days-of-week><day>MONDAY</day></days-of-week>
                """,
                "FREQ=YEARLY;BYMONTH=1,7;BYDAY=1MO"
            ),
            (
                """
                <frequency>MONTHLY</frequency><days-of-month><value>1</value><value>15</value></days-of-month>
                <time-of-day><hour>6</hour><minute>30</minute></time-of-day>
                <times-of-day><time><hour>18</hour><minute>30</minute><second>0</second></time></times-of-day>
                """,
                "FREQ=MONTHLY;BYMONTHDAY=1,15;BYHOUR=6,18;BYMINUTE=30;BYSECOND=0"
            ),
        ]
    )
    func fields(_ fields: String, _ rule: String) throws {
        let body = "<recurrence>\(fields)</recurrence>"
        #expect(try Self.schedule(body).recurrences == [WrittenRecurrence(icalString: rule)])
        #expect(Self.report(body) == ["1 schedule(S)/recurrence mapped is \(rule)"])
    }

    @Test("Start and end bound a rule, in the zone of the schedule, the given one, or UTC")
    func bounds() throws {
        func body(_ zone: String) -> String {
            """
            \(zone)<recurrence><start>2027-01-31T06:00:00</start><end-date>2027-12-31 18:00:00+0100</end-date>
            <frequency>DAILY</frequency></recurrence>
            """
        }
        var options = OracleXMLText.options
        options.zone = "America/New_York"
        let end = try Self.instant("2027-12-31T17:00:00Z")
        let cases: [(zone: String, options: OracleXMLOptions, name: String?, start: String)] = [
            ("<time-zone>Europe/Berlin</time-zone>", options, "Europe/Berlin", "2027-01-31T05:00:00Z"),
            ("", options, "America/New_York", "2027-01-31T11:00:00Z"),
            ("", OracleXMLText.options, nil, "2027-01-31T06:00:00Z"),
        ]
        for (zone, options, name, start) in cases {
            let schedule = try Self.schedule(body(zone), options)
            #expect(schedule.timezone == name)
            let start = try Self.instant(start)
            let expected = WrittenRecurrence(icalString: "FREQ=DAILY", startDate: start, endDate: end)
            #expect(schedule.recurrences == [expected])
        }
        let line = "1 schedule(S) changed names no zone and is of America/New_York"
        #expect(Self.report(body(""), options).contains(line))
        let unknown = "<timezone>Mars/Base</timezone><date>2027-01-01T00:00Z</date>"
        #expect(Self.report(unknown) == ["1 schedule(S)/timezone error Mars/Base is no zone of the IANA database"])
    }

    @Test("Times that differ in more than hours need several rules, which no count can span")
    func severalRules() throws {
        let body = "<frequency>DAILY</frequency><time>06:30</time><time>18:00</time>"
        let rules = try Self.schedule("<recurrence>\(body)</recurrence>").recurrences.map(\.icalString)
        #expect(
            rules == [
                "FREQ=DAILY;BYHOUR=18;BYMINUTE=0;BYSECOND=0", "FREQ=DAILY;BYHOUR=6;BYMINUTE=30;BYSECOND=0",
            ]
        )
        #expect(
            Self.report("<recurrence><count>5</count>\(body)</recurrence>")
                .contains("1 schedule(S)/recurrence/count error a count over times that need several rules")
        )
    }

    @Test(
        "Fields that no rule can say are errors",
        arguments: [
            ("<interval>3</interval>", "has neither an expression nor a frequency"),
            ("<frequency>OFTEN</frequency>", "OFTEN is no frequency"),
            ("<frequency>DAILY</frequency><time>25:00</time>", "25:00 is no time"),
            ("<frequency>DAILY</frequency><month>13</month>", "13 is no month"),
            ("<frequency>MONTHLY</frequency><day>42</day>", "42 is no day"),
            ("<frequency>WEEKLY</frequency><days-of-week><day>2</day></days-of-week>", "2 is no day of the week"),
            ("<frequency>DAILY</frequency><times><time><x><y/></x></time></times>", "<time> is no time"),
            ("<frequency>MONTHLY</frequency><week>FIRST</week>", "weeks of the month without days of the week"),
            (
                "<frequency>DAILY</frequency><year>2027</year>",
                "a rule cannot be bound to years; give it a start and an end"
            ),
            ("<start>soon</start><frequency>DAILY</frequency>", "soon is no date-time"),
            ("<frequency>ONCE</frequency>", "happens once, but when it does not say"),
        ]
    )
    func wrongFields(_ fields: String, _ reason: String) {
        let reading = OracleXMLText.read("<schedule name='S'><recurrence>\(fields)</recurrence></schedule>")
        #expect(reading.contents == [])
        #expect(reading.report.contains { $0.outcome == .error && $0.reason == reason })
    }

    @Test("Explicit dates are inclusions and exclusions; a date alone excludes its day")
    func dates() throws {
        let body = """
            <time-zone>Europe/Berlin</time-zone>
            <explicit-dates><explicit-date>2027-07-14T10:00:00</explicit-date>
              <explicit-date><date>2027-07-15</date></explicit-date>
              <explicit-date><year>2027</year><month>AUGUST</month><day>2</day><time>9:05</time></explicit-date>
            </explicit-dates>
            <recurrence><start>2027-09-01T08:00:00Z</start><frequency>ONCE</frequency></recurrence>
            <exclusions><exclusion>2027-12-24</exclusion><exclusion-date>2027-12-25T06:00:00</exclusion-date>
              <exclusion>/acme/cal/Holidays</exclusion></exclusions>
            """
        let schedule = try Self.schedule(body)
        let inclusions = [
            "2027-09-01T08:00:00Z", "2027-07-14T08:00:00Z", "2027-07-14T22:00:00Z", "2027-08-02T07:05:00Z",
        ]
        #expect(schedule.inclusions == (try inclusions.map(Self.instant)))
        let day = try #require(CivilDate(year: 2027, month: 12, day: 24))
        #expect(
            Set(schedule.exclusions) == [.day(day), .instant(try Self.instant("2027-12-25T05:00:00Z"))]
        )
        #expect(schedule.exclusionsDefinitions.map(\.description) == ["ExclusionsDefinition://acme/cal/Holidays"])
        #expect(
            Self.report(body).contains(
                "3 schedule(S)/explicit-dates/explicit-date/date changed "
                    + "is 2027-07-14T22:00:00.000Z, 00:00 in Europe/Berlin"
            )
        )
    }

    @Test("Rules of exclusion become an exclusions definition that the schedule refers to")
    func excludedRules() throws {
        let reading = OracleXMLText.read(
            """
            <schedule name="Work days">
              <recurrence><ical-expression>FREQ=DAILY</ical-expression></recurrence>
              <exclusion><recurrence><frequency>WEEKLY</frequency><day>SUNDAY</day></recurrence></exclusion>
            </schedule>
            """
        )
        let id = MetadataObjectID(kind: .exclusionsDefinition, package: "/acme/gl", name: "Work_days_Exclusions")
        let definition = ExclusionsDefinition(
            id: id,
            recurrences: [WrittenRecurrence(icalString: "FREQ=WEEKLY;BYDAY=SU")]
        )
        let schedule = StoredSchedule(
            id: MetadataObjectID(kind: .schedule, package: "/acme/gl", name: "Work_days"),
            recurrences: [WrittenRecurrence(icalString: "FREQ=DAILY")],
            exclusionsDefinitions: [id]
        )
        #expect(reading.contents == [.exclusionsDefinition(definition), .schedule(schedule)])
        _ = try DocumentSet.checked([reading.reading], origin: .imported, beside: [])
    }

    @Test("An exclusions definition is read by itself")
    func exclusionsDefinition() throws {
        let content = try OracleXMLText.object(
            "<exclusions-definition name='H'><explicit-date>2027-12-24</explicit-date></exclusions-definition>"
        )
        let day = try #require(CivilDate(year: 2027, month: 12, day: 24))
        let id = MetadataObjectID(kind: .exclusionsDefinition, package: "/acme/gl", name: "H")
        #expect(content == .exclusionsDefinition(ExclusionsDefinition(id: id, dates: [.day(day)])))
    }
}
