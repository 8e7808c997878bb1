package import SchedulerCore

/// Tells what a schedule would do if it were submitted (runtime §5.3, administration §6.3).
package struct PreviewService: Sendable {
    private let store: any RequestStore
    private let schedules: ScheduleReader

    package init(store: any RequestStore, schedules: ScheduleReader) {
        self.store = store
        self.schedules = schedules
    }

    /// - Parameters:
    ///   - wanted: a schedule, inline or stored.
    ///   - from: first instant to show, and the start that a rule without one counts from; nil = now.
    ///   - to: last one; nil = no bound.
    ///   - max: at most so many.
    /// - Returns: the instants, also those that exclusions take.
    /// - Throws: ESS-03004, ESS-04002 to 04007; `StoreFault`.
    package func preview(
        _ wanted: SubmissionOrder.Schedule,
        from: WrittenTime?,
        to: WrittenTime?,
        max: Int
    ) async throws -> SchedulePreview {
        let schedule = try schedules.schedule(wanted)
        let zone = try ZoneRules(identifier: schedule.timezone)
        let start: Timestamp = if let from { from.instant(in: zone) } else { try await store.now() }
        let end = to?.instant(in: zone)
        if let end, end <= start { throw SchedulerError(4005, end.description, start.description) }
        return try SchedulePreview(schedule, start: start, from: start, to: end, max: max)
    }
}
