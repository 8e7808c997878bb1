import SchedulerCore
import Testing

@Suite struct OccurrencePlannerTests {
    private func planner(
        _ catchUp: CatchUpPolicy,
        _ rule: String = "FREQ=HOURLY"
    ) throws -> OccurrencePlanner {
        let start = try Timestamp("2027-01-01T00:00:00Z")
        return OccurrencePlanner(try Occurrences(try JobSchedule(rule), start: start, end: nil), catchUp: catchUp)
    }

    @Test("With all each past instant is made in its turn")
    func all() throws {
        let plan = try planner(.all).plan(after: nil, now: try Timestamp("2027-01-01T05:30:00Z"))
        #expect(plan == .init(instant: try Timestamp("2027-01-01T00:00:00Z")))
        let second = try planner(.all).plan(after: plan.cursor, now: try Timestamp("2027-01-01T05:30:00Z"))
        #expect(second == .init(instant: try Timestamp("2027-01-01T01:00:00Z")))
    }

    @Test("I38 With latest only the last past instant is made, the earlier ones are one record")
    func latest() throws {
        let plan = try planner(.latest).plan(after: nil, now: try Timestamp("2027-01-01T05:30:00Z"))
        #expect(plan.instant == (try Timestamp("2027-01-01T05:00:00Z")))
        #expect(
            plan.skipped
                == SkipRecord(
                    first: try Timestamp("2027-01-01T00:00:00Z"),
                    last: try Timestamp("2027-01-01T04:00:00Z"),
                    count: 5,
                    reason: .catchUp
                )
        )
        let next = try planner(.latest).plan(after: plan.cursor, now: try Timestamp("2027-01-01T05:30:00Z"))
        #expect(next == .init(instant: try Timestamp("2027-01-01T06:00:00Z")))
    }

    @Test("I37 With none past instants are skipped, be it by a millisecond; one at now is made")
    func none() throws {
        let plan = try planner(.none).plan(after: nil, now: try Timestamp("2027-01-01T05:00:00Z"))
        #expect(plan.instant == (try Timestamp("2027-01-01T05:00:00Z")))
        #expect(plan.skipped?.count == 5)
        #expect(plan.skipped?.last == (try Timestamp("2027-01-01T04:00:00Z")))
        let late = try planner(.none).plan(after: nil, now: try Timestamp("2027-01-01T05:00:00.001Z"))
        #expect(late.instant == (try Timestamp("2027-01-01T06:00:00Z")))
        #expect(late.skipped?.count == 6)
    }

    @Test("With none a schedule that lies wholly in the past ends, and its skips are recorded")
    func ended() throws {
        let plan = try planner(.none, "FREQ=HOURLY;COUNT=3").plan(
            after: nil,
            now: try Timestamp("2027-01-02T00:00:00Z")
        )
        #expect(plan.instant == nil)
        #expect(plan.skipped?.count == 3)
        #expect(plan.cursor == (try Timestamp("2027-01-01T02:00:00Z")))
        let latest = try planner(.latest, "FREQ=HOURLY;COUNT=3")
        #expect(
            latest.plan(after: nil, now: try Timestamp("2027-01-02T00:00:00Z")).instant
                == (try Timestamp("2027-01-01T02:00:00Z"))
        )
    }

    @Test("I32 Whatever the policy, each instant is made or skipped, once", arguments: CatchUpPolicy.allCases)
    func eachOnce(catchUp: CatchUpPolicy) throws {
        var random = SeededGenerator(seed: 32)
        for _ in 0..<200 {
            let rule = RandomRule.text(&random)
            let start = Timestamp.seconds(Int64.random(in: 1_820_000_000...1_900_000_000, using: &random))
            let occurrences = try Occurrences(try JobSchedule(rule, "Europe/Berlin"), start: start, end: nil)
            let whole = Array(occurrences.instants().prefix(200))
            let planner = OccurrencePlanner(occurrences, catchUp: catchUp)
            var (cursor, now, decided) = (Timestamp?.none, start, 0)
            while decided < 150, let target = whole.dropFirst(decided).randomElement(using: &random) {
                now = max(now, target + .milliseconds(Int64.random(in: -2000...2000, using: &random)))
                let plan = planner.plan(after: cursor, now: now)
                if let skipped = plan.skipped {
                    #expect(skipped.first == whole[decided] && skipped.last < now, "\(rule)")
                    decided += skipped.count
                    #expect(skipped.last == whole[decided - 1] && skipped.isCountExact, "\(rule)")
                }
                guard let instant = plan.instant, decided < whole.count else { break }
                #expect(instant == whole[decided], "\(rule)")
                #expect(catchUp != .none || instant >= now, "\(rule)")
                decided += 1
                cursor = plan.cursor
            }
        }
    }

    @Test("A year of seconds is passed at once, counted exactly; with a BY part to the bound", .timeLimit(.minutes(1)))
    func longPast() throws {
        let now = try Timestamp("2028-01-01T00:00:00Z")
        let plain = try planner(.latest, "FREQ=SECONDLY").plan(after: nil, now: now)
        #expect(plain.instant == (try Timestamp("2027-12-31T23:59:59Z")))
        #expect(plain.skipped?.count == 31_535_999)
        #expect(plain.skipped?.isCountExact == true)
        let part = try planner(.none, "FREQ=SECONDLY;BYMONTHDAY=-31,-30,-29,-28,-27,-26,-25,-24,-23,-22,-21,-20,-19")
        let plan = part.plan(after: nil, now: now)
        #expect(plan.skipped?.count == RecurrenceLimits.skipsCountedMax + 1)
        #expect(plan.skipped?.isCountExact == false)
    }

    @Test("Dropping the next instant records it and plans from there")
    func dropping() throws {
        let next = try Timestamp("2027-01-01T02:00:00Z")
        let (skipped, plan) = try planner(.all, "FREQ=HOURLY;COUNT=4")
            .plan(skipping: next, reason: .operator, now: try Timestamp("2027-01-01T01:30:00Z"))
        #expect(skipped == SkipRecord(next, reason: .operator))
        #expect(plan.instant == (try Timestamp("2027-01-01T03:00:00Z")))
        let last = try planner(.all, "FREQ=HOURLY;COUNT=4")
            .plan(skipping: try Timestamp("2027-01-01T03:00:00Z"), reason: .overlap, now: next)
        #expect(last.plan == .init(instant: nil))
    }

    @Test(
        "The submission's executePast comes first, then the schedule's policy, then the system property",
        arguments: [
            (nil, nil, nil, CatchUpPolicy.all), (nil, nil, false, .none), (nil, .latest, false, .latest),
            (true, .latest, false, .all), (false, .all, true, .none),
        ] as [(Bool?, CatchUpPolicy?, Bool?, CatchUpPolicy)]
    )
    func authority(executePast: Bool?, schedule: CatchUpPolicy?, system: Bool?, expected: CatchUpPolicy) {
        #expect(
            CatchUpPolicy.effective(executePast: executePast, schedule: schedule, systemExecutePast: system) == expected
        )
    }
}
