import SchedulerCore
import Testing

extension Timestamp {
    static func seconds(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1000) }

    /// A date-time that the test knows to be one.
    init(_ text: String, _ location: SourceLocation = #_sourceLocation) throws {
        self = try #require(Timestamp(rfc3339: text), sourceLocation: location)
    }
}

extension JobSchedule {
    /// One rule, anchored at the start of the window.
    init(_ icalString: String, _ timezone: String = "UTC") throws {
        let rule = try RecurrenceRule(icalString: icalString)
        self.init(timezone: timezone, recurrences: [SchedulePattern(rule: rule)])
    }

    /// The local times of the first `count` instants, with offset.
    func localTimes(from start: String, to end: String? = nil, count: Int = 1000) throws -> [String] {
        let end = try end.map { try Timestamp($0) }
        return try SchedulePreview(self, start: try Timestamp(start), end: end, max: count).lines.map(\.localText)
    }
}
