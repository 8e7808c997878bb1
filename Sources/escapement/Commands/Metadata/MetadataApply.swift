import ArgumentParser
import SchedulerAPI

/// `escapement metadata apply`.
struct MetadataApply: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make the changes that documents mean, all or none, and print them; with --quiet only the objects."
    )

    @OptionGroup var documents: DocumentOptions

    @Option(help: "Plan that was kept: nothing is changed if an object has moved on since.")
    var plan: String?

    @Option(help: "Why; kept with the new versions.")
    var comment: String?

    @OptionGroup var connection: ConnectionOptions

    var question: String? {
        documents.prune.map { "Delete the objects in and below \($0) that no document names?" }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let sources = try documents.read(in: session)
        var texts = DocumentTexts(files: sources.map(\.file), prune: documents.prune)
        texts.baseVersions = try baseVersions(in: session)
        texts.comment = comment
        let summary = PlanSummary(plan: try await session.client.send(.apply(texts)))
        try summary.show(in: session)
        session.message(
            summary.counts([
                (.create, "created"), (.update, "updated"), (.delete, "deleted"), (.none, "unchanged"),
            ])
        )
        return .done
    }

    private func baseVersions(in session: ClientSession) throws(ClientFailure) -> [String: Int]? {
        guard let plan else { return nil }
        let bytes: [UInt8]?
        do throws(SmallFileError) {
            bytes = try session.readDocuments(plan, .documents).first?.bytes
        } catch {
            throw ClientFailure(exit: .badInput, message: "cannot read \(plan): \(error)")
        }
        guard let json = bytes.flatMap({ try? JSONReader.read($0) }), json["baseVersions"] != nil,
            let kept = try? PlanView(json)
        else { throw ClientFailure(exit: .badInput, message: "\(plan) holds no plan") }
        return kept.baseVersions
    }
}
