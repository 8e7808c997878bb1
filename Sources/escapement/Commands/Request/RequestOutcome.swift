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
}
