/// What happens to an instance that is due while an earlier one of its parent is not terminal (runtime §5.3).
package enum OverlapPolicy: String, CaseIterable, Hashable, Sendable {
    /// It waits.
    case `defer`
    /// It moves on to the following instant; the passed one is a recorded skip.
    case skip
    /// It starts.
    case allow
    /// The earlier ones are cancelled, it waits for their end.
    case cancelPrevious
}
