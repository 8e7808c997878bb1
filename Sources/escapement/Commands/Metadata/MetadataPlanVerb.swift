import ArgumentParser
import SchedulerAPI

/// `escapement metadata plan`.
struct MetadataPlanVerb: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Print what documents would change; with --quiet only the objects. Ends with 8 if anything would.",
        discussion: """
            Below each object stands every difference: + comes, - goes, ~ changes. Secrets are not shown. A plan that \
            is kept by --plan is given to apply, which then changes nothing if an object has moved on meanwhile.
            """
    )

    @OptionGroup var documents: DocumentOptions

    @Option(help: "File to keep the plan in.")
    var plan: String?

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let sources = try documents.read(in: session)
        let reply = try await session.client.send(
            .plan(DocumentTexts(files: sources.map(\.file), prune: documents.prune))
        )
        let summary = PlanSummary(plan: reply)
        if let plan { try session.writeFile(plan, try ReplyValue(reply.json).json()) }
        try summary.show(in: session)
        session.message(
            summary.counts([
                (.create, "to create"), (.update, "to update"), (.delete, "to delete"), (.none, "unchanged"),
            ])
        )
        return reply.hasChanges ? .foundChanges : .done
    }
}

extension PlanSummary {
    /// What changes in the form that was asked for, and warnings as messages.
    func show(in session: ClientSession) throws {
        for warning in plan.warnings { session.message("warning: \(warning.words)") }
        guard session.form == .table else { return try session.show(whole: plan) }
        for line in session.isQuiet ? words : lines { try session.console.data(TerminalText.line(line)) }
    }
}
