import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request complete`.
struct RequestComplete: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "complete",
        abstract: "Report for an asynchronous job whose answer is lost.",
        discussion: """
            By this call you state that the remote job has ended as you report; the server neither checks nor contacts \
            it. The job's handle is dead afterwards. It is possible while the request waits in RUNNING, or is \
            suspended; one that is being cancelled is ended by force-cancel.
            """
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @Option(help: "SUCCESS, WARNING, ERROR, BUSINESS_ERROR or CANCEL.")
    var status: String

    @Option(help: "What to keep as the request's message.")
    var message: String?

    @OptionGroup var connection: ConnectionOptions

    var question: String? { "Have you made sure that the remote job of request \(id) has ended so?" }

    func validate() throws { _ = try report }

    private var report: ExecutionStatus {
        get throws {
            guard let report = ExecutionStatus(rawValue: status.uppercased()) else {
                throw ValidationError("\"\(status)\" is no status of a job.")
            }
            return report
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        _ = try await session.client.send(.complete(RequestID(id), try report, message: message))
        return try await RequestOutcome.show(id, in: session)
    }
}
