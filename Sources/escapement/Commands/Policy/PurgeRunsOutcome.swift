/// Shows runs of purges.
struct PurgeRunsOutcome {
    /// The answer as it came.
    let reply: ReplyValue
    let runs: [ReplyValue]

    func show(in session: ClientSession) throws {
        let summaries = runs.map(PurgeRunSummary.init)
        try session.show(reply) {
            summaries.map(\.number)
        } table: {
            TextTable.render(header: PurgeRunSummary.header, rows: summaries.map(\.row))
        }
    }
}
