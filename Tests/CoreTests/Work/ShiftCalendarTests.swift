import SchedulerCore
import Testing

@Suite("Windows of workshifts")
struct ShiftCalendarTests {
    typealias Fixture = WorkFixture

    private func calendar(
        _ rule: String,
        _ minutes: Int64,
        _ timezone: String = "Europe/Berlin"
    ) throws -> ShiftCalendar {
        let schedule = Fixture.schedule("S", rule, timezone)
        let catalogue = Catalogue([MetadataObject(schedule, origin: .directory)])
        guard case .workshift(let shift) = Fixture.shift("Shift", 1, schedule: "S", minutes: minutes) else {
            throw SchedulerError(1, "no shift")
        }
        return ShiftCalendar(shift, in: catalogue, settings: RecurrenceSettings())
    }

    @Test(
        "A shift is on from its instant, in elapsed time, to before its end",
        arguments: [
            ("2027-06-01T17:59:59.999Z", ShiftCalendar.Status.off(next: .seconds(1_811_872_800))),
            ("2027-06-01T18:00:00Z", .on(until: .seconds(1_811_908_800))),
            ("2027-06-02T03:59:59.999Z", .on(until: .seconds(1_811_908_800))),
            ("2027-06-02T04:00:00Z", .off(next: .seconds(1_811_959_200))),
        ]
    )
    func window(_ now: String, _ status: ShiftCalendar.Status) throws {
        #expect(try calendar("FREQ=DAILY;BYHOUR=20", 600).status(at: try Timestamp(now)) == status)
    }

    @Test(
        "Across a change of the clock a shift keeps its elapsed length, not its local end",
        arguments: [
            // The clock goes from 02:00 to 03:00 and from 03:00 to 02:00: ten hours end at 07:00 and at 05:00.
            ("2027-03-27T19:00:00Z", "2027-03-28T05:00:00Z"), ("2027-10-30T18:00:00Z", "2027-10-31T04:00:00Z"),
            // A beginning in the gap is at its end.
            ("2027-03-27T18:59:59Z", "2027-03-27T19:00:00Z"),
        ]
    )
    func clockChange(_ now: String, _ change: String) throws {
        let status = try calendar("FREQ=DAILY;BYHOUR=20", 600).status(at: try Timestamp(now))
        #expect(status.change == (try Timestamp(change)))
    }

    @Test("Without schedule a shift is always on; without instants left, or with an unreadable schedule, never")
    func always() throws {
        guard case .workshift(let shift) = Fixture.shift("Shift", 1) else { return }
        #expect(
            ShiftCalendar(shift, in: .builtIn, settings: RecurrenceSettings()).status(at: .seconds(0))
                == .on(until: nil)
        )
        let over = try calendar("FREQ=DAILY;UNTIL=20200101T000000Z", 60)
        #expect(over.status(at: try Timestamp("2027-01-01T00:00:00Z")) == .off(next: nil))
        guard case .workshift(let other) = Fixture.shift("Shift", 1, schedule: "Missing", minutes: 5) else { return }
        let never = ShiftCalendar(other, in: .builtIn, settings: RecurrenceSettings())
        #expect(never.status(at: .seconds(0)) == .off(next: nil))
    }

    @Test(
        "A status equals the rule o <= now < o + duration over all instants, and holds until its change",
        arguments: [
            ("FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,30", 45), ("FREQ=HOURLY;INTERVAL=5", 120), ("FREQ=WEEKLY", 2880),
            ("FREQ=MINUTELY;INTERVAL=7", 20), ("FREQ=DAILY;BYHOUR=2;BYMINUTE=30", 1440),
        ] as [(String, Int64)]
    )
    func rule(_ rule: String, _ minutes: Int64) throws {
        let calendar = try calendar(rule, minutes)
        let schedule = try JobSchedule(rule, "Europe/Berlin")
        // Local midnight of Monday 2001-01-01, where rules without start begin.
        let occurrences = try Occurrences(schedule, start: try Timestamp("2000-12-31T23:00:00Z"), end: nil)
        var random = SeededGenerator(seed: UInt64(minutes))
        for _ in 0..<150 {
            // Around both changes of the clock of 2027.
            let middle: Int64 = Bool.random(using: &random) ? 1_806_195_600 : 1_824_944_400
            let second = middle + Int64.random(in: -200_000...200_000, using: &random)
            let now = Timestamp(milliseconds: second * 1000 + Int64.random(in: 0...999, using: &random))
            let isOn = Self.isOn(occurrences, minutes, now)
            let status = calendar.status(at: now)
            #expect(status.isOn == isOn, "\(rule) at \(now)")
            guard let change = status.change else { continue }
            #expect(change > now)
            let between = Int64.random(in: now.milliseconds..<change.milliseconds, using: &random)
            #expect(Self.isOn(occurrences, minutes, Timestamp(milliseconds: between)) == isOn, "\(rule) at \(now)")
            // A second calendar, as of a node that has just started, says the same.
            #expect(try self.calendar(rule, minutes).status(at: now) == status)
        }
    }

    private static func isOn(_ occurrences: Occurrences, _ minutes: Int64, _ now: Timestamp) -> Bool {
        var cursor = Timestamp(milliseconds: now.milliseconds - minutes * 60_000 - 1000)
        while let next = occurrences.next(after: cursor), next <= now {
            if now.milliseconds < next.milliseconds + minutes * 60_000 { return true }
            cursor = next
        }
        return false
    }
}
