import SchedulerAPI

/// Shows runs of purges.
struct PurgeRunsOutcome {
    let runs: [PurgeRunView]

    /// - Parameters:
    ///   - answer: that holds them.
    ///   - session: where to.
    /// - Throws: what writing throws.
    func show(_ answer: some AnswerView, in session: ClientSession) throws {
        let summaries = runs.map(PurgeRunSummary.init)
        try session.show(answer) {
            summaries.map(\.number)
        } table: {
            TextTable.render(header: PurgeRunSummary.header, rows: summaries.map(\.row))
        }
    }
}
