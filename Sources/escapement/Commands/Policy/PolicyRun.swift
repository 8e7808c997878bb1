import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement policy run`.
struct PolicyRun: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Begin a run of a policy, enabled or not; with --quiet print its number.",
        discussion: """
            The leading node does the work; --wait returns when it is done. With --dry-run nothing is deleted: the run \
            counts what it would take.
            """
    )

    @Argument(help: ArgumentHelp("Id of the policy, such as PurgePolicy://acme/ops/Ledger.", valueName: "policy"))
    var policy: String

    @Flag(help: "Count what would be taken, and delete nothing.")
    var dryRun = false

    @Flag(help: "Wait until the run has ended.")
    var wait = false

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        var run = try await session.client.send(.runPurge(.policy(policy), isDryRun: dryRun))
        while wait, run.isRunning {
            try await session.waiting.sleep(.milliseconds(500))
            let runs = try await session.client.send(.purgeRuns(limit: PurgeLimits.runsListed)).items
            run = runs.first { $0.id == run.id } ?? run
        }
        try PurgeRunsOutcome(runs: [run]).show(run, in: session)
        return .done
    }
}
