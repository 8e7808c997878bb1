package import SchedulerCore

/// Why a request waits (administration §6.1, runtime §10).
package struct DiagnosisView: AnswerView {
    package let json: JSONValue
    package let requestId: RequestID
    /// All reasons that hold, the first to be removed first.
    package let blockers: [Blocker]
    package let text: String

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        requestId = try json.needed("requestId", json.requestID)
        text = try json.needed("text", json.text)
        guard json["blockers"]?.kind == .array else { throw .unreadable("holds no diagnosis") }
        blockers = try json.views("blockers")
    }

    package var state: RequestState? { json.named("state") }
    package var processPhase: ProcessPhase? { json.named("processPhase") }
    /// Code of the first reason; nil of what has ended.
    package var diagnosticCode: DiagnosticCode? { json.named("diagnosticCode") }
    package var since: Timestamp? { json.instant("since") }
    package var estimatedStart: Timestamp? { json.instant("estimatedStart") }
    /// What may be done now.
    package var actions: [RequestEventKind] { json.names("actions") }

    /// One reason.
    package struct Blocker: AnswerView {
        package let json: JSONValue
        package let text: String

        package init(_ json: JSONValue) throws(ClientError) {
            self.json = json
            text = try json.needed("text", json.text)
        }

        package var code: DiagnosticCode? { json.named("code") }
        package var blockingRequestId: RequestID? { json.requestID("blockingRequestId") }
        package var holders: [RequestID] {
            json.list("holders").compactMap { $0.scalarText.flatMap { Int64($0) }.map { RequestID($0) } }
        }
        /// From 1.
        package var queuePosition: Int? { json.count("queuePosition") }
        package var nextWindow: Timestamp? { json.instant("nextWindow") }
        package var earliestForceCancelTime: Timestamp? { json.instant("earliestForceCancelTime") }
        package var limit: Int? { json.count("limit") }
        package var inUse: Int? { json.count("inUse") }
        package var node: String? { json.text("node") }
        package var workAssignment: String? { json.text("workAssignment") }
        package var workshift: String? { json.text("workshift") }
    }
}
