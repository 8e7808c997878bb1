/// A client command that does one thing to one request and then shows where the request stands.
protocol RequestActionVerb: ClientVerb {
    static var action: RequestAction { get }
    var id: Int64 { get }
}

extension RequestActionVerb {
    func perform(in session: ClientSession) async throws -> ClientExit {
        try await session.client.perform(Self.action, on: id)
        // The action is done, whether or not the caller may read the request.
        guard let details = try? await session.client.details(id, fields: RequestSummary.fields) else {
            if session.form == .json { try session.show(json: .object(["requestId": .whole(id)])) }
            return .done
        }
        try RequestOutcome(details: details).show(in: session)
        return .done
    }
}
