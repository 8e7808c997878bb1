import ArgumentParser
import SchedulerAPI

/// `escapement definition copy` and the like.
struct ObjectCopy<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "copy",
            abstract: "Make a second object with the same document; with --quiet print only its id.",
            discussion: "Values of secret parameters are copied, the password of a user is not."
        )
    }

    @Argument(help: "Id of the object.")
    var id: String

    @Argument(help: "Id of the new one.")
    var target: String

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.copyObject(Noun.id(id), to: Noun.id(target)))
        return try ObjectSummary(object: reply).show(in: session)
    }
}
