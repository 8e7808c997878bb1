extension WorkModel {
    /// What a node works on now.
    ///
    /// - Parameters:
    ///   - node: its name.
    ///   - threads: how many it has.
    ///   - isNewcomer: whether it joined while all others were bound, see `leavesAside`; without effect once something
    ///     is bound to it.
    ///   - now: store time.
    /// - Returns: a plan that holds until its `nextChange`.
    package func plan(node: String, threads: Int, isNewcomer: Bool = false, now: Timestamp) -> WorkPlan {
        var shifts: [OpenShift] = []
        var resting: [WorkPlan.Resting] = []
        var nextChange: Timestamp?
        for assignment in assignments {
            guard let binding = assignment.binding(to: node) else { continue }
            guard binding.isEnabled, assignment.isActive else {
                resting.append(WorkPlan.Resting(assignment, binding.scope, .disabled(assignment.id)))
                continue
            }
            let found = look(at: assignment, now: now)
            nextChange = [nextChange, found.change].compactMap { $0 }.min()
            guard let shift = found.shift else {
                let obstacle = WorkObstacle.inactive(
                    assignment.id,
                    workshift: found.next?.shift,
                    nextWindow: found.next?.instant
                )
                resting.append(WorkPlan.Resting(assignment, binding.scope, obstacle))
                continue
            }
            shifts.append(OpenShift(assignment: assignment, shift: shift, isExclusive: binding.scope == .exclusive))
        }
        let isBound = !shifts.isEmpty || !resting.isEmpty
        let divided = WorkShares.divide(shifts.map { Int(clamping: $0.shift.allocation) }, among: threads)
        var shares = zip(shifts, divided).map { open, threads in
            WorkShare(
                assignment: open.assignment,
                workshift: open.shift,
                isExclusive: open.isExclusive,
                threads: threads
            )
        }
        if !isBound, isNewcomer {
            let own = BuiltInWork.internalAssignment
            shares = [WorkShare(assignment: own, workshift: nil, isExclusive: false, threads: max(0, threads))]
        }
        return WorkPlan(
            shares: shares,
            resting: resting,
            isDefault: !isBound && !isNewcomer,
            threads: max(0, threads),
            exclusives: exclusives,
            others: assignments.filter { !$0.bindings.isEmpty && $0.binding(to: node) == nil },
            nextChange: nextChange
        )
    }

    /// What some node or other works on now.
    ///
    /// - Parameter now: store time.
    /// - Returns: an admission that holds until its `nextChange`.
    func admission(at now: Timestamp) -> WorkAdmission {
        var active: [WorkAssignment] = []
        var nextChange: Timestamp?
        for assignment in assignments where assignment.isActive && assignment.bindings.contains(where: \.isEnabled) {
            let found = look(at: assignment, now: now)
            nextChange = [nextChange, found.change].compactMap { $0 }.min()
            if found.shift != nil { active.append(assignment) }
        }
        let coversAll = assignments.contains { $0.bindings.contains { $0.node == WorkBinding.everyNode } }
        return WorkAdmission(active: active, exclusives: exclusives, coversAll: coversAll, nextChange: nextChange)
    }

    private struct OpenShift {
        let assignment: WorkAssignment
        let shift: Workshift
        let isExclusive: Bool
    }

    private typealias Window = (shift: MetadataObjectID, instant: Timestamp)

    /// - Returns: of the shifts that are on the first one listed, of those to come the one that begins first, and when
    ///   either may change. A shift without threads is never on.
    private func look(
        at assignment: WorkAssignment,
        now: Timestamp
    ) -> (shift: Workshift?, next: Window?, change: Timestamp?) {
        var open: Workshift?
        var next: Window?
        var change: Timestamp?
        for id in assignment.workshifts {
            guard let (shift, calendar) = shifts[id], shift.allocation > 0 else { continue }
            let status = calendar.status(at: now)
            if let instant = status.change { change = min(change ?? instant, instant) }
            if status.isOn {
                open = open ?? shift
            } else if let instant = status.change, next.map({ instant < $0.instant }) ?? true {
                next = (id, instant)
            }
        }
        return (open, next, change)
    }
}
