/// The members of a run of a purge that lists and results show.
struct PurgeRunSummary: Sendable {
    static let header = ["RUN", "POLICY", "STATE", "DRY-RUN", "TREES", "REQUESTS", "STARTED", "ENDED", "BY"]
    private static let fields = [
        "id", "policy", "state", "dryRun", "trees", "requests", "startedTime", "endedTime", "principal",
    ]

    let run: ReplyValue

    var row: [String] { Self.fields.map { name in run[name]?.cell ?? "" } }

    var number: String { run["id"]?.cell ?? "" }

    var isOpen: Bool { run["state"]?.text == "RUNNING" }
}
