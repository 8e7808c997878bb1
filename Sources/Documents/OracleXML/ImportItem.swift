/// What became of one thing in an imported file (administration §3).
package struct ImportItem: Hashable, Sendable, CustomStringConvertible {
    /// Raw values are the words of the report.
    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        /// Means the same, written in another form.
        case mapped
        /// Taken, but not as it was.
        case changed
        /// Left out, and what it belongs to is taken.
        case ignored
        /// Left out together with the object it belongs to, unless the reason says otherwise.
        case error
    }

    /// Name of the file.
    package let source: String
    /// From 1; 0 where there is none.
    package let line: Int
    /// The element or attribute, by its path from the object: `schedule(Nightly)/recurrence/count`; empty = the file.
    package let item: String
    package let outcome: Outcome
    package let reason: String

    package init(source: String, line: Int, item: String, outcome: Outcome, reason: String) {
        self.source = source
        self.line = line
        self.item = item
        self.outcome = outcome
        self.reason = reason
    }

    package var description: String { "\(source):\(line): \(item): \(outcome.rawValue): \(reason)" }
}
