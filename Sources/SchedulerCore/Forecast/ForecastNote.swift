/// What a forecast remarks on a start. Raw values are the names on the wire; the first three are those of previews.
package enum ForecastNote: String, CaseIterable, Hashable, Sendable {
    /// The rule's local time does not exist that day; this is the first instant after the gap.
    case gapShifted = "GAP_SHIFTED"
    /// The rule's local time comes twice that day; this is the first pass.
    case firstOfTwo = "FIRST_OF_TWO"
    /// Several rules, inclusions or local times fall together here.
    case merged = "MERGED"
    /// It, or the schedule that makes it, is held: it starts when that is released.
    case onHold = "ON_HOLD"
    /// By the usual duration an earlier instance still runs then: it starts with the end of that.
    case deferred = "DEFERRED"
    /// No shift is on then of an assignment that would take it.
    case shiftClosed = "SHIFT_CLOSED"
    /// No assignment takes it, whatever the time.
    case noWorkAssignment = "NO_WORK_ASSIGNMENT"

    init?(_ note: PreviewNote) {
        switch note {
        case .gapShifted: self = .gapShifted
        case .firstOfTwo: self = .firstOfTwo
        case .merged: self = .merged
        case .excluded: return nil
        }
    }
}
