import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request permissions`.
struct RequestPermissions: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "permissions",
        abstract: "Print which rights you have on a request; with --quiet only those that you have."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.permissions(RequestID(id)))
        let rights = reply.permissions.keys.sorted { $0.rawValue < $1.rawValue }
        try session.show(reply) {
            rights.filter(reply.allows).map(\.rawValue)
        } table: {
            TextTable.render(
                header: ["RIGHT", "HELD"],
                rows: rights.map { [$0.rawValue, reply.allows($0) ? "yes" : "no"] }
            )
        }
        return .done
    }
}
