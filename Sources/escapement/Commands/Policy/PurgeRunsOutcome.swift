/// Shows runs of purges.
struct PurgeRunsOutcome {
    /// The answer as it came.
    let reply: ReplyValue
    let runs: [ReplyValue]

    func show(in session: ClientSession) throws {
        let summaries = runs.map(PurgeRunSummary.init)
        switch session.form {
        case .json: try session.show(json: reply)
        case .table where session.isQuiet: for run in summaries { try session.console.data(run.number) }
        case .table:
            try session.console.data(TextTable.render(header: PurgeRunSummary.header, rows: summaries.map(\.row)))
        }
    }
}
