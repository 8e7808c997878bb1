import PostgresClient
import SchedulerCore

/// What the first row of a SQL job says in the columns `execution_status` and `status_message` (runtime §9.3).
struct SQLReply: Sendable {
    private let status: String?
    private let message: String?

    /// - Throws: `PostgresError` where one of the columns is no text.
    init(_ result: PostgresResult) throws {
        let names = result.columnNames
        func text(_ name: String) throws -> String? {
            guard let column = names.firstIndex(of: name) else { return nil }
            return try result.firstRow { row in
                for _ in 0..<column { row.skip() }
                return row.optionalText()
            }
        }
        status = try text("execution_status")
        message = try text("status_message")
    }

    /// How the job has ended, its transaction being committed.
    var outcome: ExecutableOutcome {
        guard let status else { return .success }
        switch ReportStatus(rawValue: status) {
        case .success: return .success
        case .warning: return .warning(text: message)
        case .error: return .systemError(message ?? "The job reported an error without a text.")
        case .businessError:
            return .businessError(text: message ?? "The job reported a business error without a text.")
        case .cancel: return .cancelled(text: message)
        case .pause: return .paused(state: message)
        case .suspend, .update, nil:
            return .systemError(
                "The job gave an execution status that is not understood.",
                cause: .processUnknownStatus
            )
        }
    }
}
