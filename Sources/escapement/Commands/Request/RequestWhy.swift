import ArgumentParser

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
        let reply = try await session.client.diagnosis(id)
        guard let reasons = reply["blockers"]?.list, let state = reply["state"]?.text else {
            throw ClientFailure(exit: .other, message: "the answer holds no diagnosis")
        }
        try session.show(reply) {
            [reply["diagnosticCode"]?.text ?? state]
        } table: {
            guard !reasons.isEmpty else {
                return TextTable.render(header: nil, rows: [[state, reply["text"]?.text ?? ""]])
            }
            let rows = reasons.map { reason in [reason["code"]?.text ?? "", reason["text"]?.text ?? ""] }
            return TextTable.render(header: ["REASON", "TEXT"], rows: rows)
        }
        return .done
    }
}
