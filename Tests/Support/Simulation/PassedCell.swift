package import SchedulerCore

/// A cell of the table that a request has passed.
package struct PassedCell: Hashable, Sendable, CustomStringConvertible {
    package let event: RequestEventKind
    package let from: RequestState
    package let to: RequestState

    package init(_ event: RequestEventKind, from: RequestState, to: RequestState) {
        self.event = event
        self.from = from
        self.to = to
    }

    package var description: String { "\(event.rawValue): \(from.rawValue) → \(to.rawValue)" }
}
