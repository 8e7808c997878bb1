import Logging
import SchedulerCore

extension JobRequest {
    /// By what log lines about a request are found, together with those of the call that submitted it
    /// (administration §10).
    var logMetadata: Logger.Metadata {
        var metadata: Logger.Metadata = ["request.id": "\(id)", "attempt": "\(attempt)"]
        if let trace = facts.trace { metadata["ecid"] = "\(trace)" }
        return metadata
    }

    /// The same with what went wrong.
    func logMetadata(_ error: any Error) -> Logger.Metadata {
        var metadata = logMetadata
        metadata["error"] = "\(error)"
        return metadata
    }
}
