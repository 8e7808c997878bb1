/// What will start in a stretch of time (administration §6.3).
package struct Forecast: Hashable, Sendable {
    /// What it is made from.
    package struct Material: Sendable {
        /// Recurring parents and held requests.
        package var sources: [ForecastSource]
        /// Requests in WAIT that are scheduled within the window.
        package var waiting: [JobRequest]
        /// By definition.
        package var usual: [MetadataObjectID: UsualDuration]
        package var outlook: ShiftOutlook
        /// Whether `sources` or `waiting` are not all that there are.
        package var isCut: Bool

        package init(
            sources: [ForecastSource],
            waiting: [JobRequest],
            usual: [MetadataObjectID: UsualDuration] = [:],
            outlook: ShiftOutlook = ShiftOutlook(.none, nodes: []),
            isCut: Bool = false
        ) {
            self.sources = sources
            self.waiting = waiting
            self.usual = usual
            self.outlook = outlook
            self.isCut = isCut
        }
    }

    package let window: ForecastWindow
    /// Store time.
    package let now: Timestamp
    /// By instant, then number.
    package let entries: [ForecastEntry]
    /// Whether there is more within the window than `entries` tell.
    package let isTruncated: Bool
    /// From where another forecast goes on, of whose entries none is among these; nil where nothing is left out, or not
    /// only at the end.
    package let nextFrom: Timestamp?

    /// Puts all together: the work is bounded by the entries, however dense the schedules are, and may be broken off.
    ///
    /// - Parameters:
    ///   - material: what was read.
    ///   - window: within which entries are due.
    ///   - now: store time.
    ///   - limit: entries at most.
    ///   - mayGoOn: asked between two steps; false ends the work.
    package init(
        _ material: Material,
        window: ForecastWindow,
        now: Timestamp,
        limit: Int = ForecastLimits.entriesMax,
        mayGoOn: () -> Bool = { true }
    ) {
        self.window = window
        self.now = now
        var merge = ForecastMerge(material, window: window, now: now, mayGoOn: mayGoOn)
        var entries: [ForecastEntry] = []
        while entries.count <= limit, !merge.isBrokenOff, let entry = merge.next(mayGoOn: mayGoOn) {
            entries.append(entry)
        }
        guard entries.count > limit else {
            isTruncated = merge.isBrokenOff || material.isCut
            // All sources were at hand: what is missing lies behind what was found.
            nextFrom = merge.isBrokenOff && !material.isCut ? merge.upcoming : nil
            self.entries = nextFrom.map { from in entries.filter { $0.instant < from } } ?? entries
            return
        }
        isTruncated = true
        let first = entries[limit].instant
        let complete = entries.prefix { $0.instant < first }
        self.entries = Array(complete.isEmpty ? entries.prefix(limit) : complete)
        // Where more fall on one instant than fit, the rest of them is left out.
        let next = complete.isEmpty ? Timestamp(milliseconds: first.milliseconds + 1) : first
        nextFrom = material.isCut ? nil : next
    }
}

/// A stretch of time: from its first instant on, up to its end, which is not part of it.
package struct ForecastWindow: Hashable, Sendable {
    package let from: Timestamp
    package let to: Timestamp

    /// - Throws: ESS-04005 where the end is not after the beginning.
    package init(from: Timestamp, to: Timestamp) throws(SchedulerError) {
        guard to > from else { throw SchedulerError(4005, to.description, from.description) }
        self.from = from
        self.to = to
    }

    package func contains(_ instant: Timestamp) -> Bool { from <= instant && instant < to }
}
