import SchedulerAPI

/// The members of a run of a purge that lists and results show.
struct PurgeRunSummary: Sendable {
    static let header = ["RUN", "POLICY", "STATE", "DRY-RUN", "TREES", "REQUESTS", "STARTED", "ENDED", "BY"]
    private static let fields = [
        "id", "policy", "state", "dryRun", "trees", "requests", "startedTime", "endedTime", "principal",
    ]

    let run: PurgeRunView

    var row: [String] { run.cells(Self.fields) }

    var number: String { String(run.id) }
}
