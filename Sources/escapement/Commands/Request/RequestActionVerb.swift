/// A client command that does one thing to one request and then shows where the request stands.
protocol RequestActionVerb: ClientVerb {
    static var action: RequestAction { get }
    var id: Int64 { get }
}

extension RequestActionVerb {
    func perform(in session: ClientSession) async throws -> ClientExit {
        try await session.client.perform(Self.action, on: id)
        return try await RequestOutcome.show(id, in: session)
    }
}
