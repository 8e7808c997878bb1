import ArgumentParser
import SchedulerAPI

/// `escapement definition update` and the like.
struct ObjectUpdate<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "update",
            abstract: "Replace an object by a document; with --quiet print only its id.",
            discussion: """
                The object is that of the document. It must be at the version that --version or else the document \
                names, as get has printed it; where neither does, whatever is there is replaced.
                """
        )
    }

    @OptionGroup var document: DocumentOption

    @OptionGroup var guarding: VersionOption

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let given = try document.read(in: session)
        let id = try Noun.id("\(given["package"]?.text ?? "")/\(given["name"]?.text ?? "")")
        let version = guarding.version ?? given["version"]?.whole.flatMap { Int(exactly: $0) }
        let reply = try await session.client.send(
            .putObject(id, given.json(), version.map { .version($0) } ?? .any)
        )
        return try ObjectSummary(object: reply).show(in: session)
    }
}

/// What guards a change of an object.
struct VersionOption: ParsableArguments {
    @Option(help: ArgumentHelp("Version that the object must be at.", valueName: "number"))
    var version: Int?

    var precondition: ObjectPrecondition { version.map { .version($0) } ?? .any }
}
