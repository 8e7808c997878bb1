import ArgumentParser

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
        let reply = try await session.client.permissions(id)
        guard case .object(let rights)? = reply["permissions"] else {
            throw ClientFailure(exit: .other, message: "the answer holds no permissions")
        }
        let names = rights.keys.sorted()
        try session.show(reply) {
            names.filter { rights[$0] == .flag(true) }
        } table: {
            TextTable.render(
                header: ["RIGHT", "HELD"],
                rows: names.map { [$0, rights[$0] == .flag(true) ? "yes" : "no"] }
            )
        }
        return .done
    }
}
