/// What a preview remarks on an instant (runtime §5.3).
package enum PreviewNote: String, CaseIterable, Hashable, Sendable {
    /// The rule's local time does not exist that day; this is the first instant after the gap.
    case gapShifted = "GAP_SHIFTED"
    /// The rule's local time comes twice that day; this is the first pass.
    case firstOfTwo = "FIRST_OF_TWO"
    /// Several rules, inclusions or local times fall together here.
    case merged = "MERGED"
    /// An exclusion takes it: it is shown, but will not be made.
    case excluded = "EXCLUDED"
}
