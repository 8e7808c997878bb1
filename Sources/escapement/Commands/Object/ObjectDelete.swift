import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement definition delete` and the like.
struct ObjectDelete<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: "Delete an object that no other names and no request uses.",
            discussion: """
                With --force also one that requests use which have not ended: those that have not started end \
                VALIDATION_FAILED when they are due or changed, unless the object is there again by then.
                """
        )
    }

    @Argument(help: "Id of the object.")
    var id: String

    @Flag(help: "Also if requests use it that have not ended.")
    var force = false

    @OptionGroup var guarding: VersionOption

    @OptionGroup var connection: ConnectionOptions

    var question: String? { "Delete \(id)\(force ? " although requests may use it" : "")?" }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let id = try Noun.id(id)
        try await session.client.send(.deleteObject(id, guarding.precondition, isForced: force))
        try session.show(whole: .object(["id": .text(id.description)]))
        return .done
    }
}
