import ArgumentParser

/// `escapement metadata validate`.
struct MetadataValidate: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check documents as they would stand beside the stored objects; every error with its line."
    )

    @OptionGroup var documents: DocumentOptions

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let sources = try documents.read(in: session)
        let reply = try await session.client.documents(.validate, sources, prune: documents.prune)
        for warning in PlanSummary(reply: reply).warnings { session.message("warning: \(warning)") }
        try session.show(whole: reply)
        let count = reply["count"]?.whole ?? 0
        session.message(count == 1 ? "1 object is right" : "\(count) objects are right")
        return .done
    }
}
