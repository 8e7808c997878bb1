import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request why`.
struct RequestWhy: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Print why a request does not go on, a line for each reason; with --quiet only the first code.",
        discussion: "All reasons are printed that hold now, the first to be removed first. What has ended has none."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.diagnosis(RequestID(id)))
        let state = reply.cell("state")
        let code = reply.cell("diagnosticCode")
        try session.show(reply) {
            [code.isEmpty ? state : code]
        } table: {
            guard !reply.blockers.isEmpty else {
                return TextTable.render(header: nil, rows: [[state, reply.text]])
            }
            let rows = reply.blockers.map { $0.cells(["code", "text"]) }
            return TextTable.render(header: ["REASON", "TEXT"], rows: rows)
        }
        return .done
    }
}
