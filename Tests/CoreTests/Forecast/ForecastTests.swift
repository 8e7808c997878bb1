import SchedulerCore
import Testing

private typealias Fixture = ForecastFixture

/// What will start, by schedules, shifts, holds and earlier runs (administration §6.3).
@Suite("Forecast", .timeLimit(.minutes(1)))
struct ForecastTests {
    /// Monday.
    private static let now = WorkFixture.midnight

    private static func window(hours: Int64 = 24, from: Timestamp = now) throws -> ForecastWindow {
        try ForecastWindow(from: from, to: from + .seconds(3600 * hours))
    }

    private static func forecast(
        _ sources: [ForecastSource] = [],
        _ waiting: [JobRequest] = [],
        hours: Int64 = 24,
        from: Timestamp = now,
        usual: [MetadataObjectID: UsualDuration] = [:],
        model: WorkModel = .none,
        now: Timestamp = now,
        limit: Int = ForecastLimits.entriesMax
    ) throws -> Forecast {
        Forecast(
            Forecast.Material(
                sources: sources,
                waiting: waiting,
                usual: usual,
                outlook: ShiftOutlook(model, nodes: [DiagnosisNode(name: "a")])
            ),
            window: try window(hours: hours, from: from),
            now: now,
            limit: limit
        )
    }

    @Test("Instants of parents and start times of others are told in order, the end not included")
    func order() throws {
        let parent = try Fixture.parent(JobSchedule("FREQ=HOURLY;INTERVAL=8;BYMINUTE=30"), now: Self.now)
        let single = Fixture.waiting(20, at: Self.now + .seconds(3600), now: Self.now)
        let outside = Fixture.waiting(21, at: Self.now + .seconds(86_400), now: Self.now)
        let forecast = try Self.forecast([parent], [outside, single], usual: Fixture.usual(60, 600, 120))
        #expect(forecast.lines == ["00:30>00:30", "01:00>01:00", "08:30>08:30", "16:30>16:30"])
        #expect(forecast.entries.map(\.subject.requestID?.value) == [11, 20, nil, nil])
        #expect(forecast.entries.map(\.subject.parentID?.value) == [10, nil, 10, 10])
        let first = try #require(forecast.entries.first)
        #expect(first.end == first.instant + .seconds(120) && first.usual?.p95 == .seconds(600))
        #expect(first.localText == "2027-03-01T00:30:00+00:00" && forecast.entries[1].localText == nil)
        #expect(!forecast.isTruncated && forecast.nextFrom == nil)
    }

    @Test("Where no run has ended well, the end is not known")
    func noRuns() throws {
        let parent = try Fixture.parent(JobSchedule("FREQ=DAILY;BYHOUR=6"), now: Self.now)
        let entry = try #require(try Self.forecast([parent]).entries.first)
        #expect(entry.start != nil && entry.end == nil && entry.usual == nil)
    }

    @Test("Exclusions are left out, changes of the clock are noted as in previews")
    func exclusionsAndClock() throws {
        let now = try Timestamp("2027-03-27T12:00:00Z")
        var schedule = try JobSchedule("FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0", "Europe/Berlin")
        schedule.exclusions = [.day(try #require(CivilDate(year: 2027, month: 3, day: 29)))]
        let parent = try Fixture.parent(schedule, now: now)
        let forecast = try Self.forecast([parent], hours: 96, from: now, now: now)
        #expect(
            forecast.entries.map(\.localText) == [
                "2027-03-28T03:00:00+02:00", "2027-03-30T02:30:00+02:00", "2027-03-31T02:30:00+02:00",
            ]
        )
        #expect(forecast.entries.map(\.notes) == [[.gapShifted], [], []])
    }

    @Test("A schedule ends with its last instant")
    func ended() throws {
        let parent = try Fixture.parent(JobSchedule("FREQ=HOURLY;COUNT=3"), now: Self.now)
        #expect(try Self.forecast([parent]).lines == ["00:00>00:00", "01:00>01:00", "02:00>02:00"])
        var last = parent.request
        last.requestedEnd = Self.now + .seconds(3600)
        let bounded = ForecastSource(request: last, schedule: parent.schedule, next: parent.next)
        #expect(try Self.forecast([bounded]).lines == ["00:00>00:00", "01:00>01:00"])
    }

    @Test("What is held is told without a start, that of a held schedule and of a held request")
    func held() throws {
        let parent = try Fixture.parent(JobSchedule("FREQ=DAILY;BYHOUR=6,18"), now: Self.now) { $0.state = .hold }
        var single = Fixture.waiting(20, at: Self.now + .seconds(7 * 3600), now: Self.now)
        single.state = .hold
        let forecast = try Self.forecast([parent, ForecastSource(request: single)], usual: Fixture.usual(60))
        #expect(forecast.lines == ["06:00>- ON_HOLD", "07:00>- ON_HOLD", "18:00>- ON_HOLD"])
        #expect(forecast.entries.allSatisfy { $0.end == nil })
    }

    @Test("A held parent that has lost its next instance goes on after the last one decided")
    func heldWithoutInstance() throws {
        let made = try Fixture.parent(JobSchedule("FREQ=DAILY;BYHOUR=6,18"), now: Self.now) { parent in
            parent.state = .hold
            parent.kinship.nextInstance = nil
        }
        let parent = ForecastSource(request: made.request, schedule: made.schedule)
        #expect(try Self.forecast([parent]).lines == ["18:00>- ON_HOLD"])
    }

    @Test(
        "An instance that is due while the usual run of an earlier one lasts goes by the overlap policy",
        arguments: [
            (OverlapPolicy.allow, ["00:00>00:00", "01:00>01:00", "02:00>02:00", "03:00>03:00"]),
            (.cancelPrevious, ["00:00>00:00", "01:00>01:00", "02:00>02:00", "03:00>03:00"]),
            (.skip, ["00:00>00:00", "02:00>02:00"]),
            (.defer, ["00:00>00:00", "01:00>01:30 DEFERRED", "02:00>03:00 DEFERRED", "03:00>04:30 DEFERRED"]),
        ]
    )
    func overlap(_ policy: OverlapPolicy, _ lines: [String]) throws {
        var schedule = try JobSchedule("FREQ=HOURLY")
        schedule.overlap = policy
        let parent = try Fixture.parent(schedule, now: Self.now)
        #expect(try Self.forecast([parent], hours: 4, usual: Fixture.usual(5400)).lines == lines)
    }

    @Test(
        "What passes while an instance waits for its shift goes by the catch-up policy",
        arguments: [
            (CatchUpPolicy.all, ["18:00", "20:00", "22:00"]), (.latest, ["18:00", "22:00"]), (.none, ["18:00"]),
        ]
    )
    func catchUp(_ policy: CatchUpPolicy, _ instants: [String]) throws {
        let model = WorkFixture.model(
            WorkFixture.schedule("AtEleven", "FREQ=DAILY;BYHOUR=23"),
            WorkFixture.shift("Late", 4, schedule: "AtEleven", minutes: 60),
            try WorkFixture.assignment("All", shifts: ["Late"], WorkBinding(node: "*"))
        )
        let parent = try Fixture.parent(JobSchedule("FREQ=DAILY;BYHOUR=18,20,22"), now: Self.now, catchUp: policy)
        let forecast = try Self.forecast([parent], model: model)
        #expect(forecast.lines == instants.map { "\($0)>23:00 SHIFT_CLOSED" })
        #expect(forecast.entries.allSatisfy { $0.assignment == WorkFixture.id(.workAssignment, "All") })
        #expect(forecast.entries.allSatisfy { $0.workshift == WorkFixture.id(.workshift, "Late") })
    }

    @Test("A start within a shift is not marked; what no assignment takes has no start")
    func shifts() throws {
        let model = WorkFixture.model(
            WorkFixture.schedule("AtSix", "FREQ=DAILY;BYHOUR=6"),
            WorkFixture.shift("Early", 4, schedule: "AtSix", minutes: 120),
            try WorkFixture.assignment("Acme", #"APPLICATION eq "Acme""#, shifts: ["Early"], WorkBinding(node: "a"))
        )
        let other = { (name: String, hour: Int64, number: Int64) in
            var submission = Fixture.submission(start: Self.now + .seconds(3600 * hour))
            submission.facts.application = name
            return JobRequest(lineage: .root(.singleton, id: RequestID(number)), submission: submission, now: Self.now)
        }
        let forecast = try Self.forecast(
            [],
            [other("Acme", 5, 1), other("Acme", 7, 2), other("Else", 7, 3)],
            model: model
        )
        #expect(forecast.lines == ["05:00>06:00 SHIFT_CLOSED", "07:00>07:00", "07:00>- NO_WORK_ASSIGNMENT"])
    }

    @Test(
        "However dense the schedules are, there are no more entries than the limit, and the rest is found behind them"
    )
    func limit() throws {
        let parents = try (0..<40).map {
            try Fixture.parent(JobSchedule("FREQ=SECONDLY"), number: 10 + 2 * $0, now: Self.now)
        }
        let forecast = try Self.forecast(parents, hours: 24 * 3650, limit: 1000)
        #expect(forecast.entries.count == 1000 && forecast.isTruncated)
        let from = try #require(forecast.nextFrom)
        #expect(from == Self.now + .seconds(25))
        let more = try Self.forecast(parents, from: from, limit: 1000)
        #expect(more.entries.first?.instant == from && more.entries.count == 1000)
    }

    @Test("More at one instant than the limit: the first of them, and what follows begins after it")
    func crowded() throws {
        let waiting = (1...5).map { Fixture.waiting($0, at: Self.now, now: Self.now) }
        let forecast = try Self.forecast([], waiting, limit: 3)
        #expect(forecast.entries.map(\.subject.requestID?.value) == [1, 2, 3])
        #expect(forecast.isTruncated && forecast.nextFrom == Timestamp(milliseconds: Self.now.milliseconds + 1))
    }

    @Test("A window far ahead is reached without the instants before it, however many")
    func farAhead() throws {
        let parent = try Fixture.parent(JobSchedule("FREQ=SECONDLY"), now: Self.now)
        let from = Self.now + .seconds(86_400 * 3650)
        let forecast = try Self.forecast([parent], from: from, usual: Fixture.usual(1), limit: 10)
        #expect(forecast.entries.count == 10 && forecast.entries.first?.instant == from)
    }

    @Test("Work that is broken off says what it has, and whether it can be gone on with")
    func brokenOff() throws {
        let parents = try (0..<4).map {
            try Fixture.parent(JobSchedule("FREQ=HOURLY"), number: 10 + 2 * $0, now: Self.now)
        }
        let material = Forecast.Material(sources: parents, waiting: [])
        var asked = 0
        let late = Forecast(material, window: try Self.window(), now: Self.now) {
            asked += 1
            return asked <= 14
        }
        #expect(late.isTruncated && late.entries.count == 8 && late.nextFrom == Self.now + .seconds(7200))
        asked = 12
        let early = Forecast(material, window: try Self.window(), now: Self.now) {
            asked += 1
            return asked <= 14
        }
        #expect(early.isTruncated && early.entries.isEmpty && early.nextFrom == nil)
    }

    @Test("Percentiles are spans that a run has taken, of the runs that there are")
    func percentiles() throws {
        #expect(UsualDuration(milliseconds: []) == nil)
        let one = try #require(UsualDuration(milliseconds: [7]))
        #expect(one.p50 == .milliseconds(7) && one.p95 == .milliseconds(7) && one.runs == 1)
        let twenty = try #require(UsualDuration(milliseconds: Array((1...20).reversed())))
        #expect(twenty.p50 == .milliseconds(10) && twenty.p95 == .milliseconds(19))
    }

    @Test("ESS-04005: a window that ends before it begins is none")
    func emptyWindow() {
        let error = #expect(throws: SchedulerError.self) { try ForecastWindow(from: Self.now, to: Self.now) }
        #expect(error?.code == 4005)
    }
}
