import SchedulerAPI

/// The few members of request details that lists and results show.
struct RequestSummary: Sendable {
    static let fields = ["requestId", "state", "jobDefinitionId", "submitter", "submissionTime", "completedTime"]
    static let header = ["REQUEST", "STATE", "DEFINITION", "SUBMITTER", "SUBMITTED", "COMPLETED"]

    let details: RequestView

    var row: [String] { details.cells(Self.fields) }
}
