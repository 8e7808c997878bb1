package import SchedulerCore

/// What a job says about itself (REST §5.9).
package enum ExecutionStatus: String, CaseIterable, Hashable, Sendable {
    case success = "SUCCESS"
    case warning = "WARNING"
    case error = "ERROR"
    case businessError = "BUSINESS_ERROR"
    case cancel = "CANCEL"
    case pause = "PAUSE"
    case suspend = "SUSPEND"
    case update = "UPDATE"
}

/// Body of executionStatus: a job reports its outcome (REST §5.9).
package struct ExecutionStatusBody: WireBody {
    /// Nil if absent: that is a refusal of the caller, not of the body.
    package var requestHandle: SecretText?
    package var status: ExecutionStatus
    /// Error, warning or paused state, by status.
    package var statusMessage: String?

    package init(requestHandle: SecretText?, status: ExecutionStatus, statusMessage: String? = nil) {
        self.requestHandle = requestHandle
        self.status = status
        self.statusMessage = statusMessage
    }

    package init(_ json: JSONValue) throws(SchedulerError) {
        self.init(
            requestHandle: try json.stringMember("requestHandle").map { SecretText($0) },
            status: try json.required("status").requireEnum(),
            statusMessage: try json.stringMember("statusMessage")
        )
        // A message is cut where it is stored; a paused state must come back unchanged.
        guard status != .pause || statusMessage.map({ $0.utf8.count <= WireLimits.pausedStateBytesMax }) != false
        else {
            throw SchedulerError(5005, json.path(of: "statusMessage"), "0..\(WireLimits.pausedStateBytesMax) bytes")
        }
    }
}
