package import SchedulerCore

/// What a store holds of its nodes, read at one instant.
package struct StoredCluster: Sendable {
    private let nodes: [StoredNode]
    private let leaders: [StoredLeader]
    private let quiesced: Set<ExactText>
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
        self.quiesced = Set(quiesced.map { ExactText($0) })
        self.now = now
    }

    /// One status a name, in order of the names.
    package var statuses: [NodeStatus] {
        let newest = Dictionary(nodes.map { (ExactText($0.record.name), $0) }) { $1 }
        let cluster = ExactText(QuiesceTarget.cluster.storedName)
        return Set(newest.keys).union(quiesced).subtracting([cluster])
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
                    isClusterQuiesced: quiesced.contains(cluster),
                    running: node?.running ?? 0,
                    leads: leaders.filter { $0.node == node?.record.id }.map(\.role)
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
