import SchedulerCore

/// Work assignments as people think them up.
extension Simulation {
    func newWork() -> NaiveWork {
        guard random.percent(80) else { return .none }
        let names = ["A", "B", "C"].prefix(Int.random(in: 1...3, using: &random))
        return NaiveWork(
            assignments: names.map { name in
                let shifts = (1...Int.random(in: 1...2, using: &random)).map { shift("\(name)\($0)") }
                return NaiveWork.Assignment(
                    name: name,
                    product: random.pick(NaiveWork.products) ?? nil,
                    isActive: random.percent(90),
                    shifts: shifts,
                    bindings: bindings()
                )
            }
        )
    }

    /// Its name stays when it changes: what runs under it counts on.
    private func shift(_ name: String) -> NaiveWork.Shift {
        let isAlwaysOn = random.percent(50)
        let now = memory.now().milliseconds / 1000
        let beginnings = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            now + Int64.random(in: -100...300, using: &random)
        }
        return NaiveWork.Shift(
            name: name,
            allocation: Int.random(in: 0...4, using: &random),
            asyncLimit: random.percent(40) ? Int.random(in: 1...3, using: &random) : nil,
            beginnings: isAlwaysOn ? nil : beginnings,
            minutes: Int64.random(in: 1...2, using: &random)
        )
    }

    private func bindings() -> [NaiveWork.Binding] {
        var found = (0..<nodeCount).filter { _ in random.percent(50) }.map { binding("node-\($0)") }
        if random.percent(20) { found.append(binding("*")) }
        return found
    }

    private func binding(_ node: String) -> NaiveWork.Binding {
        NaiveWork.Binding(node: node, isExclusive: random.percent(25), isEnabled: random.percent(90))
    }
}
