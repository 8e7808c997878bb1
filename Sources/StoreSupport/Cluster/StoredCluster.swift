package import SchedulerCore

/// What a store holds of its nodes, read at one instant.
package struct StoredCluster: Sendable {
    private let nodes: [StoredNode]
    private let leaders: [StoredLeader]
    private let quiesced: Set<ExactText>
    private let stopped: [ExactText: Set<NodeDuty>]
    private let isClusterQuiesced: Bool
    private let now: Timestamp

    /// - Parameters:
    ///   - nodes: oldest first.
    ///   - leaders: of every duty that ever had one.
    ///   - quiesced: stored names.
    ///   - now: store time.
    package init(nodes: [StoredNode], leaders: [StoredLeader], quiesced: [String], now: Timestamp) {
        self.nodes = nodes
        let living = Set(nodes.filter { $0.leaseEnd > now }.map(\.record.id))
        self.leaders = leaders.filter { $0.leaseEnd > now && living.contains($0.node) }
        let targets = quiesced.map { QuiesceTarget(storedName: $0) }
        isClusterQuiesced = targets.contains(.cluster)
        var names: Set<ExactText> = []
        var stopped: [ExactText: Set<NodeDuty>] = [:]
        for target in targets {
            switch target {
            case .node(let name): names.insert(ExactText(name))
            case .duty(let duty, let name): stopped[ExactText(name), default: []].insert(duty)
            case .cluster: continue
            }
        }
        self.quiesced = names
        self.stopped = stopped
        self.now = now
    }

    /// One status a name, in order of the names.
    package var statuses: [NodeStatus] {
        let newest = Dictionary(nodes.map { (ExactText($0.record.name), $0) }) { $1 }
        return Set(newest.keys).union(quiesced).union(stopped.keys)
            .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
            .map { name in
                let node = newest[name]
                return NodeStatus(
                    name: name.text,
                    start: node.map {
                        NodeStatus.Start(
                            record: $0.record,
                            joinedTime: $0.joinedTime,
                            leaseEnd: $0.leaseEnd,
                            isAlive: $0.leaseEnd > now,
                            offer: $0.offer
                        )
                    },
                    isQuiesced: quiesced.contains(name),
                    isClusterQuiesced: isClusterQuiesced,
                    running: node?.running ?? 0,
                    leads: leaders.filter { $0.node == node?.record.id }.map(\.role),
                    stopped: stopped[name] ?? []
                )
            }
    }

    /// What is known of the node that ran a lost attempt.
    package func lost(_ request: JobRequest) -> LostAttempt {
        let owner = nodes.first { $0.record.id == request.owner }?.record
        let hasNamesake = nodes.contains { $0.leaseEnd > now && $0.record.name == owner?.name }
        let reason = NodeLostReason.of(lostOwnerIsKnown: owner != nil, hasLivingNamesake: hasNamesake)
        return LostAttempt(request: request, owner: owner, reason: reason)
    }
}
