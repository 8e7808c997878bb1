import SchedulerAPI
import SchedulerCore

/// Shows where a request stands, as the commands that change or await one do.
struct RequestOutcome {
    let details: RequestView

    func show(in session: ClientSession) throws {
        try session.show(details) {
            [details.cell("state")]
        } table: {
            TextTable.render(header: RequestSummary.header, rows: [RequestSummary(details: details).row])
        }
    }

    /// Shows where the request stands after something was done to it.
    static func show(_ id: Int64, in session: ClientSession) async throws -> ClientExit {
        // It is done, whether or not the caller may read the request.
        guard let details = try? await session.client.send(.request(RequestID(id), fields: RequestSummary.fields))
        else {
            try session.show(whole: .object(["requestId": .whole(id)]))
            return .done
        }
        try RequestOutcome(details: details).show(in: session)
        return .done
    }
}
