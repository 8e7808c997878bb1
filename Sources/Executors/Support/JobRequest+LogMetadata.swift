import Logging
import SchedulerCore

extension JobRequest {
    /// `logFields(error:)` as the logger takes them.
    func logMetadata(error: String) -> Logger.Metadata { logFields(error: error).mapValues { .string($0) } }
}
