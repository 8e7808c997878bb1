import SchedulerCore

/// What a node serves, in simulated runs and in the auditor's own reading (administration §9).
package struct NaivePlace: Hashable, Sendable {
    /// Nil = all.
    let applications: Set<String>?
    let clusters: Set<String>

    static let application = "Sim"
    static let otherApplication = "Other"
    static let allClusters = ["east", "west"]
    static let everything = NaivePlace(applications: nil, clusters: Set(allClusters))

    func servesApplication(of facts: RequestFacts) -> Bool {
        applications.map { $0.contains(facts.effectiveApplication ?? facts.application) } ?? true
    }

    func servesCluster(of facts: RequestFacts) -> Bool { facts.logicalCluster.map { clusters.contains($0) } ?? true }

    /// I56: whether a node of that name may have such requests at all.
    func takes(_ facts: RequestFacts, by name: String) -> Bool {
        let isAskedFor = facts.requestedProcessor == nil || facts.requestedProcessor == name
        return isAskedFor && servesApplication(of: facts) && servesCluster(of: facts)
    }
}
