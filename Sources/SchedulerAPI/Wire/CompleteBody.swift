package import SchedulerCore

/// Body of complete: a person reports in the place of a job whose answer is lost (administration §6.1).
package struct CompleteBody: WireBody {
    /// Only reports that end an attempt.
    package var status: ExecutionStatus
    package var statusMessage: String?

    /// - Throws: the codes of decoding, among them ESS-05003 without attestation; ESS-05004 for one that is not true,
    ///   and for a report that ends nothing.
    package init(_ json: JSONValue) throws(SchedulerError) {
        status = try json.required("status").requireEnum()
        statusMessage = try json.stringMember("statusMessage")
        switch status {
        case .success, .warning, .error, .businessError, .cancel: break
        case .pause, .suspend, .update: throw SchedulerError(5004, status.rawValue, json.path(of: "status"))
        }
        guard let attestation = try json.boolMember("attestation") else {
            throw SchedulerError(5003, json.path(of: "attestation"))
        }
        guard attestation else { throw SchedulerError(5004, "false", json.path(of: "attestation")) }
    }
}
