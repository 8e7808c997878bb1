import ArgumentParser

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
        var run = try await session.client.runPurge(policy: policy, isDryRun: dryRun)
        while wait, PurgeRunSummary(run: run).isOpen {
            try await session.waiting.sleep(.milliseconds(500))
            guard let id = run["id"]?.whole else { break }
            run = try await session.client.purgeRun(id) ?? run
        }
        try PurgeRunsOutcome(reply: run, runs: [run]).show(in: session)
        return .done
    }
}
