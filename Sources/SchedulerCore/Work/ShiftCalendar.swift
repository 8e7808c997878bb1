/// When a workshift is on: o <= now < o + duration for an instant o of its schedule, in elapsed time (runtime §7.2).
package struct ShiftCalendar: Sendable {
    /// Whether a shift is on, and when that may change.
    package enum Status: Hashable, Sendable {
        /// Until then at least; nil = for ever.
        case on(until: Timestamp?)
        /// Until then; nil = no instant follows.
        case off(next: Timestamp?)

        package var isOn: Bool {
            if case .on = self { return true }
            return false
        }

        /// Nil where it stays as it is.
        package var change: Timestamp? {
            switch self {
            case .on(let until): until
            case .off(let next): next
            }
        }
    }

    private enum Kind: Sendable {
        case always
        case never
        case windows(Occurrences, duration: Duration)
    }

    private let kind: Kind

    /// A shift whose schedule cannot be read, which validation keeps from being stored, is never on.
    ///
    /// - Parameters:
    ///   - shift: one of the catalogue.
    ///   - catalogue: holds its schedule.
    ///   - settings: how schedules are read.
    package init(_ shift: Workshift, in catalogue: Catalogue, settings: RecurrenceSettings) {
        guard let id = shift.schedule else {
            kind = .always
            return
        }
        guard let minutes = shift.duration,
            let schedule = try? catalogue.schedule(id)?.resolved(
                in: catalogue,
                defaultTimeZone: settings.defaultTimeZone,
                extensions: settings.extensions
            ),
            let occurrences = try? Occurrences(schedule, start: Self.anchor(in: schedule.timezone), end: nil)
        else {
            kind = .never
            return
        }
        kind = .windows(occurrences, duration: .seconds(60 * minutes))
    }

    package func status(at now: Timestamp) -> Status {
        switch kind {
        case .always: return .on(until: nil)
        case .never: return .off(next: nil)
        case .windows(let occurrences, let duration):
            // Instants are whole seconds, and a duration is one of minutes: fractions of `now` decide nothing.
            let before = Timestamp(wholeSeconds: now.wholeSeconds) + (.zero - duration)
            guard let begun = occurrences.last(atOrBefore: now, after: before) else {
                return .off(next: occurrences.next(after: now))
            }
            return .on(until: begun + duration)
        }
    }

    /// Where rules without `startDate` begin: on a Monday, the first day of a year, at local midnight.
    ///
    /// A shift has no submission that could be its beginning, and must be the same on all nodes and after a restart.
    private static func anchor(in timezone: String) throws(SchedulerError) -> Timestamp {
        Timestamp(wholeSeconds: try ZoneRules(identifier: timezone).firstInstant(showing: anchorLocalSeconds))
    }

    /// 2001-01-01T00:00:00 as seconds since 1970-01-01T00:00:00 of the same clock.
    private static let anchorLocalSeconds: Int64 = 978_307_200
}
