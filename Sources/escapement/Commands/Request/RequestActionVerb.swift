import SchedulerAPI
import SchedulerCore

/// A client command that does one thing to one request and then shows where the request stands.
protocol RequestActionVerb: ClientVerb {
    static func call(_ id: RequestID) -> ClientCall<LinksView>
    var id: Int64 { get }
}

extension RequestActionVerb {
    func perform(in session: ClientSession) async throws -> ClientExit {
        _ = try await session.client.send(Self.call(RequestID(id)))
        return try await RequestOutcome.show(id, in: session)
    }
}
