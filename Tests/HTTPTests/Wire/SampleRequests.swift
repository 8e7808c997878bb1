import SchedulerAPI
import SchedulerCore

/// Requests to write, and the base URL they are written with.
enum SampleRequests {
    static let publicURL = "https://sched.example.org"

    static func encoder(_ profile: CompatibilityProfile) -> RequestDetailsEncoder {
        RequestDetailsEncoder(links: LinkBuilder(publicURL: publicURL, profile: profile))
    }

    /// 2027-03-01T09:10:00.000Z and so many milliseconds.
    static func instant(_ milliseconds: Int64 = 0) -> Timestamp {
        Timestamp(milliseconds: 1_803_892_200_000 + milliseconds)
    }

    /// A root that waits and has never run, with nothing that can be absent.
    static var waiting: RequestDetails {
        RequestDetails(
            requestId: RequestID(300_010),
            absParentRequestId: RequestID(300_010),
            requestType: .recurParent,
            state: .wait,
            stateChangeTime: instant(),
            processPhase: .initial,
            submissionTime: instant(),
            application: "AcmeEss",
            jobDefinitionId: MetadataObjectID(kind: .jobDefinition, package: "/acme/billing", name: "NightlyInvoices"),
            submitter: "anna",
            runAsUser: "anna"
        )
    }

    /// A request with every member.
    static var failed: RequestDetails {
        var details = RequestDetails(
            requestId: RequestID(300_012),
            absParentRequestId: RequestID(300_010),
            requestType: .jobSetStep,
            state: .error,
            stateChangeTime: instant(1),
            processPhase: .complete,
            submissionTime: instant(2),
            application: "AcmeEss",
            jobDefinitionId: MetadataObjectID(kind: .jobDefinition, package: "/acme/gl", name: "Post"),
            submitter: "anna",
            runAsUser: "batch"
        )
        details.parentRequestId = RequestID(300_011)
        details.instanceParentId = RequestID(300_009)
        details.parentExecAttempt = 2
        details.instanceParentExecAttempt = 1
        details.stepId = "night.load"
        details.lastScheduleInstanceId = RequestID(300_020)
        details.subRequestSet = 1
        details.lastSubRequestSet = 3
        details.previousState = .running
        details.executableState = .error
        details.cause = .processBusinessError
        details.errorType = .business
        details.errorWarningMessage = "Ledger \"US\" is closed\n"
        details.errorWarningDetail = "ä"
        details.errorWarningTime = instant(3)
        details.preprocessStatus = "PROCEED"
        details.preProcessMessage = "pre"
        details.postProcessStatus = "WARN"
        details.postProcessMessage = "post"
        details.isForceCancelAllowed = true
        details.isAsynchronous = true
        details.isAsyncRecoverable = true
        details.isRecoverable = true
        details.isTimedOut = true
        details.executionAttempt = 3
        details.retriedCount = 2
        details.pausedCount = 1
        details.priority = 9
        details.elapsedTime = .milliseconds(1500)
        details.waitTime = .milliseconds(20)
        details.readyWaitTime = .milliseconds(10)
        details.requestedStartTime = instant(4)
        details.requestedEndTime = instant(5)
        details.scheduledTime = instant(6)
        details.processStartTime = instant(7)
        details.processEndTime = instant(8)
        details.completedTime = instant(9)
        details.expiration = instant(10)
        details.product = "GL"
        details.requestCategory = "nightly"
        details.description = "d"
        details.jobDisplayName = "Post ledger"
        details.jobDescription = "Posts the ledger"
        details.jobType = MetadataObjectID(kind: .jobType, package: "/escapement/core", name: "HTTPJobType")
        details.className = "Poster"
        details.externalJobType = "ext"
        details.externalId = "e-1"
        details.executionType = .java
        details.executionMode = .serial
        details.schedule = schedule
        details.scheduleDefinition = MetadataObjectID(kind: .schedule, package: "/acme/gl", name: "Daily")
        details.requestParameters = parameters
        details.submitterGUID = "g"
        details.notificationUrl = "https://x.example/cb"
        details.dispatcher = "node-1"
        details.processor = "node-2"
        details.processGroup = "escapement"
        details.logicalClusterName = "west"
        details.enterpriseId = 7
        details.ecid = "t1"
        details.submitterDmsECID = "t2"
        details.requestDmsECID = "t3"
        details.dmsRID = "r1"
        details.submitterDmsRID = "r2"
        details.flowId = "f1"
        details.submitterFlowId = "f2"
        details.requestFlowId = "f3"
        return details
    }

    private static let schedule = ScheduleDetails(
        recurrences: [
            ScheduleDetails.Recurrence(icalString: "FREQ=DAILY", startDate: instant(), endDate: instant(86_400_000)),
            ScheduleDetails.Recurrence(icalString: "FREQ=WEEKLY"),
        ],
        inclusions: [instant(1)],
        exclusions: [.instant(instant(2))] + (CivilDate(year: 2027, month: 12, day: 24).map { [.day($0)] } ?? []),
        timezone: "Europe/Berlin",
        name: "Daily",
        displayName: "Every day",
        description: "Once a day"
    )

    private static let parameters = [
        Parameter(name: "submit.argument1", value: "US", scope: "night.load"),
        Parameter(name: "count", type: .integer, value: "5"),
        Parameter(name: "empty", type: .boolean, scope: "load"),
        Parameter(name: "bare"),
        Parameter(name: "token", value: "canary", isSecret: true),
    ]
}
