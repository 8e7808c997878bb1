package import SchedulerCore

/// A run of the purge (administration §6.5).
package struct PurgeRunView: AnswerView {
    package let json: JSONValue
    package let id: Int64

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        id = try json.needed("id", json.whole)
    }

    package var isRunning: Bool { json.text("state") == "RUNNING" }
    package var dryRun: Bool { json.flag("dryRun") == true }
    /// Id of the policy; nil where criteria were given.
    package var policy: String? { json.text("policy") }
    /// What it has deleted, or would.
    package var trees: Int64? { json.whole("trees") }
    package var requests: Int64? { json.whole("requests") }
    package var startedTime: Timestamp? { json.instant("startedTime") }
    package var endedTime: Timestamp? { json.instant("endedTime") }
}
