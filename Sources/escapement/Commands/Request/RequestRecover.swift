import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request recover`.
struct RequestRecover: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Decide what becomes of a request whose outcome is not known.",
        discussion: """
            It is possible in state ERROR_MANUAL_RECOVERY, and for a running job whose node is lost. RETRY runs it \
            again, ERROR and CANCELLED end it.
            """
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @Option(help: "RETRY, ERROR or CANCELLED.")
    var outcome: String

    @Option(help: "Why, for the audit trail.")
    var reason: String?

    @OptionGroup var connection: ConnectionOptions

    func validate() throws { _ = try decision }

    private var decision: RecoveryOutcome {
        get throws {
            guard let decision = RecoveryOutcome(rawValue: outcome.uppercased()) else {
                throw ValidationError("--outcome takes RETRY, ERROR or CANCELLED, not \"\(outcome)\".")
            }
            return decision
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        _ = try await session.client.send(.recover(RequestID(id), try decision, reason: reason))
        return try await RequestOutcome.show(id, in: session)
    }
}
