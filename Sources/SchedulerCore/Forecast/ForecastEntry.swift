/// A start that is to come.
package struct ForecastEntry: Hashable, Sendable {
    /// What starts then.
    package struct Subject: Hashable, Sendable {
        /// The request that waits for it; nil for an instance that is not made yet.
        package let requestID: RequestID?
        /// The recurring parent of an instance.
        package let parentID: RequestID?
        package let definition: MetadataObjectID
        package let application: String
        package let submitter: String
        package let runAsUser: String
        /// Stored schedule that makes it; nil for an inline one, and without one.
        package let schedule: MetadataObjectID?

        init(_ request: JobRequest, requestID: RequestID?, parentID: RequestID?) {
            self.requestID = requestID
            self.parentID = parentID
            definition = request.facts.definitionID
            application = request.facts.application
            submitter = request.facts.submitter
            runAsUser = request.facts.runAsUser
            schedule = request.scheduleDefinition
        }
    }

    package let subject: Subject
    /// When it is due: the instant of the schedule, or the start time that it was given.
    package let instant: Timestamp
    /// The same in the zone of the schedule, `2027-03-28T03:00:00+02:00`; nil without one.
    package let localText: String?
    /// In the order of `ForecastNote`.
    package var notes: [ForecastNote]
    /// When it starts, as far as time, shifts and earlier instances tell; nil = nobody knows.
    package var start: Timestamp?
    /// Of the definition; nil where no run of it has ended well.
    package let usual: UsualDuration?
    /// The assignment whose shift it waits for.
    package var assignment: MetadataObjectID?
    package var workshift: MetadataObjectID?

    init(_ subject: Subject, instant: Timestamp, localText: String? = nil, usual: UsualDuration?) {
        self.subject = subject
        self.instant = instant
        self.localText = localText
        self.usual = usual
        notes = []
    }

    /// When it ends if it takes as long as half of its runs; nil where start or duration is not known.
    package var end: Timestamp? {
        guard let start, let usual else { return nil }
        return start + usual.p50
    }
}
