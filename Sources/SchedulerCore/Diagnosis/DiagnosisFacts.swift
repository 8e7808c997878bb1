/// What a store knows of a request and of those around it, read in one transaction.
package struct DiagnosisFacts: Hashable, Sendable {
    package let request: JobRequest
    /// Store time of the reading.
    package let now: Timestamp
    package let settings: RequestMachine.Settings
    /// Live children, in order of their numbers, at most `DiagnosisLimits.relatives`.
    package var children: [RequestID] = []
    /// Of a recurring parent: when its next instance is due.
    package var nextInstant: Timestamp?
    /// Of an instance that waits: an earlier one that has started and not ended.
    package var earlierInstance: RequestID?
    package var locks = LockFacts()
    /// Metadata objects that the request names and that are not there.
    package var missing: [MetadataObjectID] = []
    /// Due requests of better rank, at most `DiagnosisLimits.ranked`.
    package var betterRanked = 0
    /// The node that ran it holds no lease; recovery has not come to it yet.
    package var isOwnerLost = false
    /// Of its definition, while it executes; nil where no run of that has ended well.
    package var usual: UsualDuration?
    /// Who held it, as far as that is known.
    package var heldBy: String?

    package init(_ request: JobRequest, now: Timestamp, settings: RequestMachine.Settings) {
        self.request = request
        self.now = now
        self.settings = settings
    }

    /// Whether time alone keeps it from a start no longer.
    package var isDue: Bool { request.dispatchTime.map { $0 <= now } ?? false }
}
