import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request delete`.
struct RequestDelete: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a request that has ended, with all its children."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions

    var question: String? { "Delete request \(id) with all its children?" }

    func perform(in session: ClientSession) async throws -> ClientExit {
        try await session.client.send(.delete(RequestID(id)))
        try session.show(whole: .object(["requestId": .whole(id)]))
        return .done
    }
}
