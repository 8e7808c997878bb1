/// Shows deliveries.
struct DeliveriesOutcome {
    private static let header = ["NUMBER", "CHANNEL", "EVENT", "STATUS", "TRIES", "LAST", "NEXT-TRY", "ERROR"]
    private static let fields = [
        "number", "channel", "event", "status", "tries", "lastStatus", "nextTryTime", "lastError",
    ]

    /// The answer as it came.
    let reply: ReplyValue
    let items: [ReplyValue]

    func show(in session: ClientSession) throws {
        switch session.form {
        case .json, .yaml: try session.show(whole: reply)
        case .table where session.isQuiet:
            for item in items where item["status"]?.text != "DELIVERED" {
                try session.console.data(item["number"]?.cell ?? "")
            }
        case .table:
            let rows = items.map { item in Self.fields.map { item[$0]?.cell ?? "" } }
            try session.console.data(TextTable.render(header: Self.header, rows: rows))
        }
    }
}
