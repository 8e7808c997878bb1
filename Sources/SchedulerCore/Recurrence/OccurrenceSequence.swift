/// Walks through the instants of a schedule, ascending.
package struct OccurrenceSequence: Sequence, IteratorProtocol, Sendable {
    private let occurrences: Occurrences
    private var cursor: Timestamp

    init(_ occurrences: Occurrences, after cursor: Timestamp) {
        self.occurrences = occurrences
        self.cursor = cursor
    }

    package mutating func next() -> Timestamp? {
        guard let next = occurrences.next(after: cursor) else { return nil }
        cursor = next
        return next
    }
}
