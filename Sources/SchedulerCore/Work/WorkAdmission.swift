/// What the cluster as a whole works on at a moment, whatever is in use (runtime §7.1, 2).
///
/// Which nodes live is not looked at: as long as nothing is bound to all of them, one may have nothing bound, and work
/// on all that nobody has for himself.
package struct WorkAdmission: Sendable {
    /// Assignments with a binding that is switched on and a shift that is.
    private let active: [WorkAssignment]
    private let exclusives: [WorkAssignment]
    /// Something is bound to every node.
    private let coversAll: Bool
    /// When a shift may begin or end; nil = not before the catalogue changes.
    package let nextChange: Timestamp?

    init(active: [WorkAssignment], exclusives: [WorkAssignment], coversAll: Bool, nextChange: Timestamp?) {
        self.active = active
        self.exclusives = exclusives
        self.coversAll = coversAll
        self.nextChange = nextChange
    }

    /// Whether an active assignment, or the default one, takes requests with these facts.
    package func admits(_ facts: SpecializationFacts) -> Bool {
        let isClaimed = exclusives.contains { $0.accepts(facts) }
        if !isClaimed, !coversAll { return true }
        return active.contains { assignment in
            assignment.accepts(facts)
                && assignment.bindings.contains { $0.isEnabled && (!isClaimed || $0.scope == .exclusive) }
        }
    }
}
