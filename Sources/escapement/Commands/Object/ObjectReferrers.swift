import ArgumentParser
import SchedulerAPI

/// `escapement definition referrers` and the like.
struct ObjectReferrers<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "referrers", abstract: "Print the ids of the objects that name an object.")
    }

    @Argument(help: "Id of the object.")
    var id: String

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.referrers(of: Noun.id(id)))
        let ids = reply.items.map(\.id)
        if session.form == .table {
            for id in ids { try session.console.data(TerminalText.line(id)) }
        }
        try session.show(whole: reply)
        return .done
    }
}
