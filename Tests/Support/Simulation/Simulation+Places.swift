import SchedulerCore

/// What nodes serve, and what requests ask for.
extension Simulation {
    /// As a node is set up for one start of it.
    func newPlace() -> NaivePlace {
        guard hasPlaces, !isPeace else { return .everything }
        let applications: [Set<String>?] = [
            nil, nil, [NaivePlace.application], [NaivePlace.application],
            [NaivePlace.application, NaivePlace.otherApplication], [NaivePlace.otherApplication],
        ]
        return NaivePlace(
            applications: random.pick(applications) ?? nil,
            clusters: Set(NaivePlace.allClusters.filter { _ in random.percent(40) })
        )
    }

    func choosePlace(in facts: inout RequestFacts) {
        guard hasPlaces else { return }
        if random.percent(10) { facts.application = NaivePlace.otherApplication }
        if random.percent(15) {
            facts.effectiveApplication = random.pick([NaivePlace.application, NaivePlace.otherApplication])
        }
        if random.percent(15) { facts.logicalCluster = random.pick(NaivePlace.allClusters) }
        if random.percent(10) { facts.requestedProcessor = "node-\(Int.random(in: 0..<nodeCount, using: &random))" }
    }

    /// In peace there is a node of every name, and it serves everything.
    func openPlaces() async {
        guard hasPlaces else { return }
        for member in members where member.view.place != .everything { await stop(member) }
        let taken = Set((members + starting.map(\.member)).map(\.node.record.name))
        for number in 0..<nodeCount where !taken.contains("node-\(number)") {
            await start(name: "node-\(number)", machine: number % machines)
        }
    }
}
