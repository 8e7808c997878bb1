import ArgumentParser
import SchedulerAPI

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
        let reply = try await session.client.send(
            .validate(DocumentTexts(files: sources.map(\.file), prune: documents.prune))
        )
        for warning in reply.warnings { session.message("warning: \(warning.words)") }
        try session.show(whole: reply)
        session.message(reply.count == 1 ? "1 object is right" : "\(reply.count) objects are right")
        return .done
    }
}
