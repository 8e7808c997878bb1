/// What is fixed about a request when it is submitted, but for its place (`Lineage`).
package struct RequestFacts: Hashable, Sendable {
    package var definitionID: MetadataObjectID
    package var definitionDisplayName: String?
    package var definitionDescription: String?
    /// Job type that the definition names; `executor` is the built-in at its root. Nil together: job sets have none.
    package var jobTypeID: MetadataObjectID?
    package var executor: ExecutorKind?
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
    /// Of a job set how its steps run; `none` for everything else.
    package var executionMode: ExecutionMode
    /// Names another application whose nodes run it; nil = `application`.
    package var effectiveApplication: String?
    package var logicalCluster: String?
    package var requestedProcessor: String?

    package init(
        definitionID: MetadataObjectID,
        jobTypeID: MetadataObjectID?,
        executor: ExecutorKind?,
        application: String,
        submitter: String
    ) {
        self.definitionID = definitionID
        self.jobTypeID = jobTypeID
        self.executor = executor
        self.application = application
        self.submitter = submitter
        self.runAsUser = submitter
        self.enterpriseID = 1
        self.hasCancelCall = false
        self.executionMode = .none
    }

    package var workClass: WorkClass {
        WorkClass(
            application: effectiveApplication ?? application,
            logicalCluster: logicalCluster,
            requestedProcessor: requestedProcessor
        )
    }

    /// Takes over what a stored class says.
    package mutating func take(_ work: WorkClass) {
        effectiveApplication = work.application == application ? nil : work.application
        logicalCluster = work.logicalCluster
        requestedProcessor = work.requestedProcessor
    }
}
