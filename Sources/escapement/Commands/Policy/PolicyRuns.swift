import ArgumentParser
import SchedulerAPI

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
        let reply = try await session.client.send(.purgeRuns(limit: limit))
        try PurgeRunsOutcome(runs: reply.items).show(reply, in: session)
        return .done
    }
}
