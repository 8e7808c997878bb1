import SchedulerCore

/// The order of a start and an end that a body gives.
enum TimeWindow {
    /// - Throws: ESS-04005 if both are given, their order is certain, and the end is not after the start.
    static func check(start: DateTimeInput?, end: DateTimeInput?) throws(SchedulerError) {
        guard let start, let end, start.isComparable(with: end), end.instant <= start.instant else { return }
        throw SchedulerError(4005, end.instant.description, start.instant.description)
    }
}
