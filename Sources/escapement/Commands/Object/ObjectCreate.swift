import ArgumentParser
import SchedulerAPI

/// `escapement definition create` and the like.
struct ObjectCreate<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: "Create an object of a document; with --quiet print only its id."
        )
    }

    @OptionGroup var document: DocumentOption

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let given = try document.read(in: session)
        let reply = try await session.client.send(.createObject(Noun.kind, given.json()))
        return try ObjectSummary(object: reply).show(in: session)
    }
}

/// The document of one object.
struct DocumentOption: ParsableArguments {
    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: "File of one document of YAML or JSON, - for standard input."
    )
    var file: String

    /// - Throws: ``ClientFailure`` for what cannot be read, or is not one object.
    func read(in session: ClientSession) throws(ClientFailure) -> ReplyValue {
        let sources = try session.sources([file], .documents)
        var documents: [ReplyValue] = []
        for source in sources { documents += try source.values }
        guard documents.count == 1, let document = documents.first, case .object = document else {
            throw ClientFailure(exit: .badInput, message: "\(file) does not hold one object")
        }
        return document
    }
}
