/// Shows where a request stands, as the commands that change or await one do.
struct RequestOutcome {
    let details: ReplyValue

    func show(in session: ClientSession) throws {
        switch session.form {
        case .json: try session.show(json: details)
        case .table where session.isQuiet: try session.console.data(details["state"]?.text ?? "")
        case .table:
            let row = RequestSummary(details: details).row
            try session.console.data(TextTable.render(header: RequestSummary.header, rows: [row]))
        }
    }

    /// Shows where the request stands after something was done to it.
    static func show(_ id: Int64, in session: ClientSession) async throws -> ClientExit {
        // It is done, whether or not the caller may read the request.
        guard let details = try? await session.client.details(id, fields: RequestSummary.fields) else {
            if session.form == .json { try session.show(json: .object(["requestId": .whole(id)])) }
            return .done
        }
        try RequestOutcome(details: details).show(in: session)
        return .done
    }
}
