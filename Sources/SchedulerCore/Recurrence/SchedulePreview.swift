/// What a schedule will do, for people (runtime §5.3): the instants of `Occurrences`, and those that exclusions take.
package struct SchedulePreview: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package let instant: Timestamp
        /// Local time and offset of the schedule's zone, `2027-03-28T03:00:00+02:00`.
        package let localText: String
        /// In the order of `PreviewNote`.
        package let notes: [PreviewNote]

        /// Whether the instant will be made.
        package var isMade: Bool { !notes.contains(.excluded) }
    }

    /// Ascending.
    package let lines: [Line]
    /// The rules in plain English, one after the other.
    package let text: String

    /// The lines from `from` to `to`, both included; at most `max`, and never more than `RecurrenceLimits.previewMax`.
    ///
    /// `start` and `end` are the window of the request, as for `Occurrences`. Fails with ESS-04004 if the zone is
    /// unknown.
    package init(
        _ schedule: JobSchedule,
        start: Timestamp,
        end: Timestamp? = nil,
        from: Timestamp? = nil,
        to: Timestamp? = nil,
        max: Int = RecurrenceLimits.previewMax
    ) throws(SchedulerError) {
        let occurrences = try Occurrences(schedule, start: start, end: end)
        let last = to?.wholeSeconds ?? RecurrenceLimits.secondsRange.upperBound
        var cursor =
            from.map { Timestamp(milliseconds: $0.milliseconds - 1).wholeSeconds }
            ?? occurrences.beforeFirst.wholeSeconds
        cursor = Swift.max(cursor, occurrences.beforeFirst.wholeSeconds)
        var lines: [Line] = []
        while lines.count < min(max, RecurrenceLimits.previewMax), let next = occurrences.nextCandidate(after: cursor),
            next <= last
        {
            lines.append(
                Line(
                    instant: Timestamp(wholeSeconds: next),
                    localText: occurrences.zone.text(of: next),
                    notes: occurrences.notes(on: next)
                )
            )
            cursor = next
        }
        self.lines = lines
        text = schedule.summary
    }
}

extension ZoneRules {
    /// Local time and offset at an instant in seconds, `2027-03-28T03:00:00+02:00`.
    package func text(of instant: Int64) -> String {
        let offset = offset(at: instant)
        return LocalClock.text(instant + offset) + LocalClock.offsetText(offset)
    }
}

extension Occurrences {
    /// What there is to say on an instant that a rule or an inclusion yields.
    func notes(on instant: Int64) -> [PreviewNote] {
        var notes: Set<PreviewNote> = isExcluded(instant) ? [.excluded] : []
        var sources = inclusions.contains(instant) ? 1 : 0
        for series in series where series.contains(instant) {
            sources += 1
            guard let calendar = series.calendar else { continue }
            let locals = calendar.locals(of: instant)
            sources += locals.count - 1
            for local in locals {
                let place = zone.resolve(local)
                if place.isSkipped { notes.insert(.gapShifted) }
                if place.isDoubled { notes.insert(.firstOfTwo) }
            }
        }
        if sources > 1 { notes.insert(.merged) }
        return PreviewNote.allCases.filter(notes.contains)
    }
}

extension CalendarSeries {
    /// The local times that lead to an instant of the series: more than one, of which two suffice, only behind a gap.
    fileprivate func locals(of instant: Int64) -> [Int64] {
        let last = zone.local(at: instant)
        guard let first = nextLocal(after: zone.latestLocal(through: instant - 1)), first <= last else { return [last] }
        guard let second = nextLocal(after: first), second <= last else { return [first] }
        return [first, second]
    }
}
