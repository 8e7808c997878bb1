package import SchedulerCore

/// Body of recover: what becomes of an attempt whose outcome nobody but a person knows (administration §6.1).
package struct RecoverBody: WireBody {
    package var outcome: RecoveryOutcome
    /// For the audit trail.
    package var reason: String?

    /// - Throws: the codes of decoding, ESS-05005 for a reason that is too long.
    package init(_ json: JSONValue) throws(SchedulerError) {
        outcome = try json.required("outcome").requireEnum()
        reason = try json.stringMember("reason")
        if let reason, reason.utf8.count > WireLimits.reasonBytesMax {
            throw SchedulerError(5005, json.path(of: "reason"), "0..\(WireLimits.reasonBytesMax) bytes")
        }
    }
}
