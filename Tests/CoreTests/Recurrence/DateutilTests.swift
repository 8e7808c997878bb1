import Foundation
import SchedulerCore
import Testing

/// Generated rules against python-dateutil; what cannot be compared is told in decision 0009.
@Suite struct DateutilTests {
    /// Cases of an ordinary run; `ESCAPEMENT_RECURRENCE_CASES` asks for more, `ESCAPEMENT_RECURRENCE_SEED` for others.
    private static let usualCount = 2000
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["ESCAPEMENT_RECURRENCE_SEED"].flatMap(Int.init) ?? 39

    @Test("I39, I40: generated rules have the instants of python-dateutil", .enabled(if: Oracle.isAvailable))
    func generatedRules() throws {
        let count = Self.environment["ESCAPEMENT_RECURRENCE_CASES"].flatMap(Int.init) ?? Self.usualCount
        let cases = try Oracle.cases(seed: Self.seed, count: count)
        #expect(cases.count == count)
        var differing = 0
        var compared = 0
        for item in cases {
            let found = try Self.instants(of: item)
            compared += item.instants.count
            guard found != item.instants else { continue }
            differing += 1
            let place = "\(item.rule) in \(item.zone) from \(item.anchor) to \(item.end)"
            if differing <= 10 { Issue.record("\(place): \(found), expected \(item.instants)") }
        }
        #expect(differing == 0, "of \(cases.count) cases with \(compared) instants")
        if count != Self.usualCount { print("\(cases.count) rules, \(compared) instants, \(differing) rules differ") }
    }

    private static func instants(of item: Oracle.Case) throws -> [Int64] {
        let rule = try RecurrenceRule(icalString: item.rule)
        let schedule = JobSchedule(timezone: item.zone, recurrences: [SchedulePattern(rule: rule)])
        let occurrences = try Occurrences(schedule, start: .seconds(item.anchor), end: .seconds(item.end))
        let most = item.instants.count + (item.hasMore ? 0 : 1)
        return occurrences.instants().prefix(most).map(\.wholeSeconds)
    }
}
