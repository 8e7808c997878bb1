import SchedulerCore
import Testing

/// Laws that hold for every schedule, over generated ones.
@Suite struct OccurrencePropertyTests {
    private static let zones = ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "UTC"]

    /// A schedule of one or two generated rules, some with inclusions and exclusions.
    private static func schedule(_ random: inout SeededGenerator) throws -> JobSchedule {
        var schedule = JobSchedule(timezone: zones.randomElement(using: &random) ?? "UTC")
        func instant(_ random: inout SeededGenerator) -> Timestamp {
            .seconds(1_830_000_000 + Int64.random(in: 0...100_000_000, using: &random))
        }
        func pattern(_ random: inout SeededGenerator) throws -> SchedulePattern {
            let rule = try RecurrenceRule(icalString: RandomRule.text(&random))
            let startDate = Bool.random(using: &random) ? instant(&random) : nil
            let endDate = Int.random(in: 0..<4, using: &random) == 0 ? instant(&random) : nil
            return SchedulePattern(rule: rule, startDate: startDate, endDate: endDate)
        }
        for _ in 0...Int.random(in: 0...1, using: &random) { schedule.recurrences.append(try pattern(&random)) }
        if Bool.random(using: &random) { schedule.inclusions = (0..<3).map { _ in instant(&random) } }
        if Bool.random(using: &random) {
            schedule.exclusions = (0..<3).map { _ in
                .day(CivilDate(daysSinceEpoch: Int64.random(in: 21_000...22_500, using: &random)))
            }
        }
        if Int.random(in: 0..<3, using: &random) == 0 { schedule.exclusionPatterns = [try pattern(&random)] }
        return schedule
    }

    @Test(
        "I36, I41 Instants keep to window and exclusions; from any point they are the tail of the whole",
        .timeLimit(.minutes(5))
    )
    func windowsAndTails() throws {
        var random = SeededGenerator(seed: 41)
        var total = 0
        for _ in 0..<150 {
            let schedule = try Self.schedule(&random)
            let start = Timestamp(milliseconds: Int64.random(in: 1_820_000_000_000...1_900_000_000_000, using: &random))
            let end = start + .seconds(Int64.random(in: 0...300_000_000, using: &random))
            let occurrences = try Occurrences(schedule, start: start, end: end)
            let whole = Array(occurrences.instants().prefix(60))
            total += whole.count
            let name: Comment = "\(schedule) \(start)"
            #expect(zip(whole, whole.dropFirst()).allSatisfy { $0 < $1 }, name)
            for instant in whole {
                #expect(
                    instant.milliseconds % 1000 == 0 && instant <= end && instant.wholeSeconds >= start.wholeSeconds,
                    name
                )
                #expect(try !Self.isExcluded(instant, by: schedule), name)
            }
            guard let first = whole.first, let last = whole.last else { continue }
            for _ in 0..<4 {
                let point = Timestamp(
                    milliseconds: Int64.random(in: first.milliseconds - 5000...last.milliseconds, using: &random)
                )
                let tail = whole.filter { $0 > point }
                #expect(Array(occurrences.instants(after: point).prefix(tail.count)) == tail, name)
                let before = whole.last { $0 <= point }
                #expect(occurrences.last(atOrBefore: point, after: occurrences.beforeFirst) == before, name)
                let counted = occurrences.count(after: occurrences.beforeFirst, through: point)
                #expect(counted.count == whole.count - tail.count && counted.isExact, name)
            }
        }
        #expect(total > 2500)
    }

    private static func isExcluded(_ instant: Timestamp, by schedule: JobSchedule) throws -> Bool {
        let zone = try ZoneRules(identifier: schedule.timezone)
        let day = zone.text(of: instant.wholeSeconds).prefix(10)
        return schedule.exclusions.contains { $0.description == day }
    }

    @Test("COUNT yields the first instants of the same rule without it")
    func count() throws {
        var random = SeededGenerator(seed: 17)
        for _ in 0..<400 {
            let parts = RandomRule.text(&random).split(separator: ";").filter {
                !$0.hasPrefix("COUNT") && !$0.hasPrefix("UNTIL")
            }
            let rule = parts.joined(separator: ";")
            let zone = Self.zones.randomElement(using: &random) ?? "UTC"
            let start = Timestamp.seconds(Int64.random(in: 1_300_000_000...1_900_000_000, using: &random))
            let most = Int.random(in: 1...300, using: &random)
            let endless = try Occurrences(try JobSchedule(rule, zone), start: start, end: nil).instants()
            let counted = try Occurrences(try JobSchedule(rule + ";COUNT=\(most)", zone), start: start, end: nil)
                .instants()
            #expect(Array(counted.prefix(most + 5)) == Array(endless.prefix(most)), "\(rule) \(zone) \(start)")
        }
    }

    @Test("I42 The lines of a preview that are made are the instants")
    func preview() throws {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<200 {
            let schedule = try Self.schedule(&random)
            let start = Timestamp.seconds(Int64.random(in: 1_820_000_000...1_900_000_000, using: &random))
            let lines = try SchedulePreview(schedule, start: start, max: 100).lines
            let made = lines.filter(\.isMade).map(\.instant)
            let occurrences = try Occurrences(schedule, start: start, end: nil)
            #expect(made == Array(occurrences.instants().prefix(made.count)), "\(schedule) \(start)")
        }
    }

    @Test("A schedule comes back from its text")
    func encoding() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            var schedule = try Self.schedule(&random)
            schedule.overlap = OverlapPolicy.allCases.randomElement(using: &random) ?? .skip
            schedule.catchUp = Bool.random(using: &random) ? CatchUpPolicy.allCases.randomElement(using: &random) : nil
            schedule.name = Bool.random(using: &random) ? "Nightly" : nil
            schedule.displayName = Bool.random(using: &random) ? "Näch\\tlich\\n\n\r\n zone \\" : nil
            schedule.description = Bool.random(using: &random) ? "" : nil
            schedule.id = MetadataObjectID(kind: .schedule, package: "/acme/gl", name: "WorkdaysAtSix")
            let text = schedule.encoded
            #expect(JobSchedule(encoded: text) == schedule, "\(text)")
            #expect(JobSchedule(encoded: text)?.encoded == text)
            #expect(JobSchedule(encoded: String(text.dropFirst())) == nil)
        }
        #expect(JobSchedule(encoded: "schedule 1\nzone UTC\nrule - - FREQ=NEVER") == nil)
        #expect(JobSchedule(encoded: "schedule 1\ncolour red") == nil)
    }
}
