/// What is fixed about a request when it is submitted.
package struct RequestFacts: Hashable, Sendable {
    package var type: RequestType
    package var parentID: RequestID?
    /// Attempt of the parent that made this request.
    package var parentAttempt: Int?
    /// Dotted step path in a job set.
    package var stepID: String?
    package var definitionID: MetadataObjectID
    package var definitionDisplayName: String?
    package var definitionDescription: String?
    /// Job type that the definition names; `executor` is the built-in at its root.
    package var jobTypeID: MetadataObjectID
    package var executor: ExecutorKind
    /// `SYS_className` or the external job type, for display.
    package var className: String?
    package var externalJobType: String?
    package var application: String
    package var product: String?
    package var requestCategory: String?
    package var description: String?
    package var submitter: String
    package var runAsUser: String
    package var enterpriseID: Int64
    /// Trace id of the submitting call, 32 hexadecimal digits.
    package var trace: String?
    /// Whether an accepted start leads to an asynchronous wait; nil where only the executable itself knows.
    package var isAsynchronous: Bool?
    /// Whether the executable is told of a cancel by a call of its own (runtime §3.1).
    package var hasCancelCall: Bool

    package init(
        type: RequestType,
        definitionID: MetadataObjectID,
        jobTypeID: MetadataObjectID,
        executor: ExecutorKind,
        application: String,
        submitter: String
    ) {
        self.type = type
        self.definitionID = definitionID
        self.jobTypeID = jobTypeID
        self.executor = executor
        self.application = application
        self.submitter = submitter
        self.runAsUser = submitter
        self.enterpriseID = 1
        self.hasCancelCall = false
    }
}
