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
    }

    /// Nothing is bound to any node: whoever asks need not look further.
    package var isTrivial: Bool { assignments.allSatisfy(\.bindings.isEmpty) }

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
