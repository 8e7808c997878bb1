import ArgumentParser

/// `escapement policy runs`.
struct PolicyRuns: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Print the runs of purges, newest first; with --quiet only their numbers."
    )

    @Option(help: ArgumentHelp("Print at most so many.", valueName: "count"))
    var limit = 20

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.purgeRuns(limit: limit)
        guard let runs = reply["items"]?.list else {
            throw ClientFailure(exit: .other, message: "the answer holds no list of runs")
        }
        try PurgeRunsOutcome(reply: reply, runs: runs).show(in: session)
        return .done
    }
}
