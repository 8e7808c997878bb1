extension JobRequest {
    /// Members of a log line by which all about an attempt is found, together with the lines of the call that submitted
    /// the request: `requestId`, `attempt`, and `ecid` where there is a trace (administration §10).
    package var logFields: [String: String] {
        var fields = ["requestId": "\(id)", "attempt": "\(attempt)"]
        fields["ecid"] = facts.trace
        return fields
    }

    /// The same with what went wrong.
    package func logFields(error: String) -> [String: String] { logFields.merging(["error": error]) { $1 } }
}
