/// One row of the event × state table: where an event is legal and where it may lead (runtime §2.1).
///
/// The table is data. The machine refuses what it does not list, stores derive their guards from it, the
/// documentation prints it, tests walk it.
package struct RequestTransition: Hashable, Sendable {
    package let event: RequestEventKind
    /// Legal source states and the states each may lead to; the source itself where it stays.
    package let cells: [RequestState: [RequestState]]
    /// Code of the refusal in every other state; nil for system events, which cannot arise there and are dropped.
    package let refusal: ErrorCode?

    init(
        _ event: RequestEventKind,
        refusal: ErrorCode? = nil,
        _ cells: [(from: [RequestState], to: [RequestState])]
    ) {
        self.event = event
        self.refusal = refusal
        var table: [RequestState: [RequestState]] = [:]
        for (sources, targets) in cells {
            for source in sources { table[source] = targets.isEmpty ? [source] : targets }
        }
        self.cells = table
    }

    package var sources: Set<RequestState> { Set(cells.keys) }

    /// Whether the table has a cell that leads from one state to the other.
    package static func permits(_ event: RequestEventKind, from source: RequestState, to target: RequestState) -> Bool {
        row(event).cells[source]?.contains(target) ?? false
    }

    package static func row(_ event: RequestEventKind) -> RequestTransition {
        guard let row = rows[event] else { preconditionFailure("no row for \(event)") }
        return row
    }

    private static let rows: [RequestEventKind: RequestTransition] = Dictionary(
        uniqueKeysWithValues: table.map { ($0.event, $0) }
    )
}
