import ArgumentParser
import SchedulerAPI

/// `escapement definition get` and the like.
struct ObjectGet<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "get",
            abstract: "Print an object; with --quiet only its version.",
            discussion: """
                What --output yaml or json prints may be edited and given to update, which then changes nothing if the \
                object has moved on meanwhile. Secrets are asterisks, which update keeps.
                """
        )
    }

    @Argument(help: "Id of the object.")
    var id: String

    @Option(help: ArgumentHelp("One of the last fifty versions; else the newest.", valueName: "number"))
    var version: Int?

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.object(Noun.id(id), version: version))
        try session.show(reply) {
            [String(reply.version)]
        } table: {
            reply.listing(first: ["id", "version", "origin", "displayName", "description"])
        }
        return .done
    }
}
