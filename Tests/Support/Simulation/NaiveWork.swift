import SchedulerCore

/// Work assignments of simulated runs, as metadata for the scheduler and in the auditor's own reading
/// (administration §4).
struct NaiveWork: Hashable, Sendable {
    struct Shift: Hashable, Sendable {
        let name: String
        let allocation: Int
        let asyncLimit: Int?
        /// In seconds; nil = always on.
        let beginnings: [Int64]?
        let minutes: Int64

        func isOn(_ now: Timestamp) -> Bool {
            guard let beginnings else { return true }
            return beginnings.contains { beginning in
                beginning * 1000 <= now.milliseconds && now.milliseconds < (beginning + minutes * 60) * 1000
            }
        }
    }

    struct Binding: Hashable, Sendable {
        let node: String
        let isExclusive: Bool
        let isEnabled: Bool
    }

    struct Assignment: Hashable, Sendable {
        let name: String
        /// Requests of this product alone; nil = all.
        let product: String?
        let isActive: Bool
        let shifts: [Shift]
        let bindings: [Binding]

        var id: MetadataObjectID { NaiveWork.id(name, .workAssignment) }

        func accepts(_ facts: RequestFacts) -> Bool { product == nil || product == facts.product }

        func binding(to node: String) -> Binding? {
            bindings.first { $0.node == node } ?? bindings.first { $0.node == "*" }
        }

        /// The first one listed that is on and has threads.
        func shift(at now: Timestamp) -> Shift? { shifts.first { $0.allocation > 0 && $0.isOn(now) } }
    }

    /// What a node does for one assignment.
    struct Share: Hashable, Sendable {
        let assignment: Assignment
        let shift: Shift
        let isExclusive: Bool
        let threads: Int
    }

    /// By name.
    let assignments: [Assignment]

    static let products: [String?] = ["gl", "ap", nil]
    static let none = NaiveWork(assignments: [])
    /// Everything runs everywhere, under an assignment.
    static let everything = NaiveWork(assignments: [
        Assignment(
            name: "All",
            product: nil,
            isActive: true,
            shifts: [Shift(name: "Always", allocation: 100, asyncLimit: nil, beginnings: nil, minutes: 0)],
            bindings: [Binding(node: "*", isExclusive: false, isEnabled: true)]
        )
    ])

    static func id(_ name: String, _ kind: MetadataKind) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/sim", name: name)
    }

    // MARK: - What holds

    var isTrivial: Bool { assignments.allSatisfy(\.bindings.isEmpty) }

    func isBound(_ node: String) -> Bool { assignments.contains { $0.binding(to: node) != nil } }

    /// Whether somebody has such requests for himself.
    func isClaimed(_ facts: RequestFacts) -> Bool {
        assignments.contains { assignment in
            assignment.isActive && assignment.accepts(facts)
                && assignment.bindings.contains { $0.isExclusive && $0.isEnabled }
        }
    }

    /// Nil where nothing is bound to the node.
    func shares(of node: String, threads: Int, now: Timestamp) -> [Share]? {
        guard isBound(node) else { return nil }
        let active = assignments.compactMap { assignment -> (Assignment, Shift, Bool)? in
            guard let binding = assignment.binding(to: node), binding.isEnabled, assignment.isActive,
                let shift = assignment.shift(at: now)
            else { return nil }
            return (assignment, shift, binding.isExclusive)
        }
        let divided = Self.divide(threads, in: active.map(\.1.allocation))
        return zip(active, divided).map {
            Share(assignment: $0.0, shift: $0.1, isExclusive: $0.2, threads: $1)
        }
    }

    /// Each its own if that fits; else one each as long as there are threads, and the rest one by one to whom most of
    /// its part is missing.
    static func divide(_ threads: Int, in wishes: [Int]) -> [Int] {
        let sum = wishes.reduce(0, +)
        guard sum > threads else { return wishes }
        if wishes.count >= threads {
            let greatest = wishes.indices.sorted { wishes[$0] > wishes[$1] || (wishes[$0] == wishes[$1] && $0 < $1) }
            return wishes.indices.map { greatest.prefix(threads).contains($0) ? 1 : 0 }
        }
        var fixed: Set<Int> = []
        var parts: [Double] = []
        repeat {
            let rest = Double(wishes.indices.filter { !fixed.contains($0) }.reduce(0) { $0 + wishes[$1] })
            let left = Double(threads - fixed.count)
            parts = wishes.indices.map { fixed.contains($0) ? 1 : Double(wishes[$0]) * left / rest }
            let small = wishes.indices.filter { !fixed.contains($0) && parts[$0] < 1 - 1e-9 }
            guard !small.isEmpty else { break }
            fixed.formUnion(small)
        } while true
        var given = parts.map { Int($0 + 1e-9) }
        while given.reduce(0, +) < threads {
            let next = wishes.indices.max { left, right in
                let (first, second) = (parts[left] - Double(given[left]), parts[right] - Double(given[right]))
                return abs(first - second) > 1e-9 ? first < second : left > right
            }
            guard let next else { break }
            given[next] += 1
        }
        return given
    }

    /// Whether a share may take such requests if it has a thread for them.
    ///
    /// - Parameters:
    ///   - facts: of the request.
    ///   - share: of some node.
    ///   - slots: asynchronous jobs that run; nil where their limits do not count.
    /// - Returns: whether its assignment, shift and binding let it.
    func takes(_ facts: RequestFacts, by share: Share, slots: [NaiveWorkPass.Slot: Int]?) -> Bool {
        guard share.isExclusive || !isClaimed(facts), share.assignment.accepts(facts) else { return false }
        guard let slots, facts.mayBeAsynchronous, let limit = share.shift.asyncLimit else { return true }
        return slots[.init(assignment: share.assignment.name, shift: share.shift.name), default: 0] < limit
    }

    /// Whether a node of a name would take such requests now if it had room for them.
    func accepts(_ facts: RequestFacts, on node: String, now: Timestamp) -> Bool {
        guard let shares = shares(of: node, threads: .max / 2, now: now) else { return !isClaimed(facts) }
        return shares.contains { takes(facts, by: $0, slots: nil) }
    }

    /// Whether some node, known or not, would take such requests now if it had room for them.
    func admits(_ facts: RequestFacts, now: Timestamp) -> Bool {
        let names = Set(assignments.flatMap(\.bindings).map(\.node)).union(["another"])
        return names.contains { accepts(facts, on: $0, now: now) }
    }

    // MARK: - Metadata

    /// Of all shifts, assignments and schedules.
    var contents: [MetadataContent] {
        var found: [MetadataContent] = assignments.map { assignment in
            .workAssignment(
                WorkAssignment(
                    id: assignment.id,
                    specialization: assignment.product.flatMap { try? Specialization(parsing: "PRODUCT eq \"\($0)\"") },
                    workshifts: assignment.shifts.map { Self.id($0.name, .workshift) },
                    isActive: assignment.isActive,
                    bindings: assignment.bindings.map {
                        WorkBinding(
                            node: $0.node,
                            scope: $0.isExclusive ? .exclusive : .standard,
                            isEnabled: $0.isEnabled
                        )
                    }
                )
            )
        }
        for shift in assignments.flatMap(\.shifts) {
            let schedule = shift.beginnings.map { _ in Self.id(shift.name, .schedule) }
            found.append(
                .workshift(
                    Workshift(
                        id: Self.id(shift.name, .workshift),
                        schedule: schedule,
                        duration: schedule.map { _ in shift.minutes },
                        allocation: Int64(shift.allocation),
                        asyncJavaLimit: shift.asyncLimit.map { Int64($0) }
                    )
                )
            )
            if let schedule, let beginnings = shift.beginnings {
                let instants = beginnings.map { Timestamp(milliseconds: $0 * 1000) }
                found.append(.schedule(StoredSchedule(id: schedule, inclusions: instants)))
            }
        }
        return found
    }
}
