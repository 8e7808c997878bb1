package import SchedulerCore

/// Makes schedules of what callers write, with everything looked up.
package struct ScheduleReader: Sendable {
    private let catalogue: CatalogueHolder
    private let settings: RecurrenceSettings

    package init(catalogue: CatalogueHolder, settings: RecurrenceSettings) {
        self.catalogue = catalogue
        self.settings = settings
    }

    /// What can be told without looking anything up.
    ///
    /// - Returns: the schedule where the caller wrote it out, nil where he names a stored one.
    /// - Throws: ESS-03002, 03003 for an id that is none; ESS-04002 to 04007.
    package func written(_ wanted: SubmissionOrder.Schedule) throws(SchedulerError) -> JobSchedule? {
        if case .stored(let text) = wanted {
            _ = try MetadataObjectID.candidates(parsing: text, kinds: [.schedule])
            return nil
        }
        return try schedule(wanted)
    }

    /// - Throws: ESS-03002, 03003, ESS-03004 for a stored one that does not exist; ESS-04002 to 04007.
    package func schedule(_ wanted: SubmissionOrder.Schedule) throws(SchedulerError) -> JobSchedule {
        switch wanted {
        case .inline(let written):
            return try written.resolved(defaultTimeZone: settings.defaultTimeZone, extensions: settings.extensions)
        case .stored(let text):
            let snapshot = catalogue.current
            let candidates = try MetadataObjectID.candidates(parsing: text, kinds: [.schedule])
            guard let stored = candidates.lazy.compactMap(snapshot.schedule).first else {
                throw SchedulerError(3004, candidates.first?.description ?? text)
            }
            return try stored.resolved(
                in: snapshot,
                defaultTimeZone: settings.defaultTimeZone,
                extensions: settings.extensions
            )
        }
    }
}
