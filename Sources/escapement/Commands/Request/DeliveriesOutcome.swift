import SchedulerAPI
import SchedulerCore

/// Shows deliveries.
struct DeliveriesOutcome {
    private static let header = ["NUMBER", "CHANNEL", "EVENT", "STATUS", "TRIES", "LAST", "NEXT-TRY", "ERROR"]
    private static let fields = [
        "number", "channel", "event", "status", "tries", "lastStatus", "nextTryTime", "lastError",
    ]

    let items: [DeliveryView]

    /// - Parameters:
    ///   - answer: that holds them.
    ///   - session: where to.
    /// - Throws: what writing throws.
    func show(_ answer: some AnswerView, in session: ClientSession) throws {
        try session.show(answer) {
            items.filter { $0.status != .delivered }.map { String($0.number) }
        } table: {
            TextTable.render(header: Self.header, rows: items.map { $0.cells(Self.fields) })
        }
    }
}
