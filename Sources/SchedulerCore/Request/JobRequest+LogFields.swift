extension JobRequest {
    /// By what a log line about its attempt is found.
    package var logFields: [String: String] { LogFields.naming(id, attempt: attempt, trace: facts.trace) }

    /// The same with what went wrong.
    package func logFields(error: String) -> [String: String] { logFields.merging(["error": error]) { $1 } }
}

/// Names of what log lines tell (administration §10).
package enum LogFields {
    /// By what a line about an attempt is found, together with the lines of the call that submitted the request:
    /// `requestId`, `attempt`, and `ecid` where there is a trace.
    package static func naming(_ id: RequestID, attempt: Int, trace: String?) -> [String: String] {
        var fields = ["requestId": "\(id)", "attempt": "\(attempt)"]
        fields["ecid"] = trace
        return fields
    }
}
