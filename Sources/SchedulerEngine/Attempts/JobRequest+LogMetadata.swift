import Logging
import SchedulerCore

extension JobRequest {
    /// `logFields` as the logger takes them.
    var logMetadata: Logger.Metadata { logFields.mapValues { .string($0) } }

    /// The same with what went wrong.
    func logMetadata(_ error: any Error) -> Logger.Metadata {
        logFields(error: "\(error)").mapValues { .string($0) }
    }
}
