import ArgumentParser
import SchedulerAPI

/// `escapement definition versions` and the like.
struct ObjectVersions<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "versions",
            abstract: "Print the last versions of an object, newest first; with --quiet only their numbers."
        )
    }

    @Argument(help: "Id of the object.")
    var id: String

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.versions(of: Noun.id(id)))
        let names = ["version", "updatedTime", "updatedBy", "comment"]
        let rows = reply.items.map { $0.cells(names) }
        try session.show(reply) {
            rows.map { $0[0] }
        } table: {
            TextTable.render(header: ["VERSION", "UPDATED", "BY", "COMMENT"], rows: rows)
        }
        return .done
    }
}
