/// The work assignments of a catalogue, prepared once for a snapshot: what each node works on follows from it and the
/// time (administration §4, runtime §7.2).
package struct WorkModel: Sendable {
    /// Where no assignment is bound to a node: each does everything.
    package static let none = WorkModel(.builtIn, settings: RecurrenceSettings())

    /// By id.
    let assignments: [WorkAssignment]
    let shifts: [MetadataObjectID: (shift: Workshift, calendar: ShiftCalendar)]
    /// Those that some node has for itself.
    let exclusives: [WorkAssignment]

    package init(_ catalogue: Catalogue, settings: RecurrenceSettings) {
        assignments = catalogue.workAssignments
        isTrivial = assignments.allSatisfy(\.bindings.isEmpty)
        exclusives = assignments.filter { assignment in
            assignment.isActive && assignment.bindings.contains { $0.isEnabled && $0.scope == .exclusive }
        }
        var shifts: [MetadataObjectID: (shift: Workshift, calendar: ShiftCalendar)] = [:]
        for assignment in assignments where !assignment.bindings.isEmpty {
            for id in assignment.workshifts where shifts[id] == nil {
                guard let shift = catalogue.workshift(id) else { continue }
                shifts[id] = (shift, ShiftCalendar(shift, in: catalogue, settings: settings))
            }
        }
        self.shifts = shifts
        labels = assignments.filter { !$0.bindings.isEmpty }.flatMap { assignment in
            [assignment.id.description]
                + assignment.workshifts.filter { shifts[$0] != nil }.flatMap { shift in
                    let slots = WorkLimitKind.allCases.map { kind in
                        WorkSlot(assignment: assignment.id, workshift: shift, kind: kind).label
                    }
                    return [shift.description] + slots
                }
        }
    }

    /// Nothing is bound to any node: whoever asks need not look further.
    package let isTrivial: Bool

    /// Texts that a start writes: a store that keeps them by numbers gives them theirs beforehand.
    package let labels: [String]

    /// Whether an assignment is bound to the node, switched on or not.
    package func isBound(_ node: String) -> Bool { assignments.contains { $0.binding(to: node) != nil } }

    /// Whether a node that joins these is to wait until something is bound to it (administration §4, 4).
    ///
    /// - Parameters:
    ///   - node: name of a node that was not known before.
    ///   - others: names of the other living nodes.
    /// - Returns: whether all of them are bound, and it is not.
    package func leavesAside(_ node: String, among others: some Collection<String>) -> Bool {
        !others.isEmpty && !isBound(node) && others.allSatisfy(isBound)
    }
}
