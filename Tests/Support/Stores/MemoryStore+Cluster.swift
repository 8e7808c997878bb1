package import SchedulerCore

extension MemoryStore {
    package var isExclusive: Bool { false }

    package func join(_ node: NodeRecord, lease: Duration, over predecessor: NodeID?) async throws -> JoinOutcome {
        try write { transaction, _ in
            let now = transaction.now
            if let predecessor, let end = transaction.content.nodes[predecessor]?.leaseEnd {
                transaction.content.nodes[predecessor]?.leaseEnd = min(end, now)
            }
            let namesake = transaction.content.nodes.values.first {
                $0.record.name == node.name && $0.record.id != node.id && $0.leaseEnd > now
            }
            if let namesake { return .nameTaken(by: namesake.record, until: namesake.leaseEnd) }
            let joined = transaction.content.nodes[node.id]?.joinedTime ?? now
            let offer = transaction.content.nodes[node.id]?.offer
            transaction.content.nodes[node.id] = MemoryNode(record: node, joinedTime: joined, leaseEnd: now + lease)
            transaction.content.nodes[node.id]?.offer = offer
            return .joined
        }
    }

    package func renew(_ node: NodeID, lease: Duration) async throws -> NodeStanding {
        try write { transaction, _ in
            let standing = transaction.standing(of: node)
            if standing != .none { transaction.content.nodes[node]?.leaseEnd = transaction.now + lease }
            return standing
        }
    }

    package func publish(_ offer: NodeOffer, of node: NodeID) async throws {
        try write { transaction, _ in transaction.content.nodes[node]?.offer = offer }
    }

    package func leave(_ node: NodeID) async throws {
        try write { transaction, _ in
            transaction.content.nodes[node] = nil
            for (role, leader) in transaction.content.leaders where leader.node == node {
                transaction.content.leaders[role]?.leaseEnd = transaction.now
            }
        }
    }

    package func nodes() async throws -> [NodeStatus] {
        let content = snapshot
        let now = now()
        let starts = content.nodes.values.sorted { ($0.joinedTime, $0.leaseEnd) < ($1.joinedTime, $1.leaseEnd) }
        let newest = Dictionary(starts.map { ($0.record.name, $0) }) { $1 }
        let remembered = content.quiesced.compactMap(\.nodeName)
        return Set(newest.keys).union(remembered).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
            let id = newest[name]?.record.id
            return NodeStatus(
                name: name,
                start: newest[name].map {
                    NodeStatus.Start(
                        record: $0.record,
                        joinedTime: $0.joinedTime,
                        leaseEnd: $0.leaseEnd,
                        isAlive: $0.leaseEnd > now,
                        offer: $0.offer
                    )
                },
                isQuiesced: content.quiesced.contains(.node(name)),
                isClusterQuiesced: content.quiesced.contains(.cluster),
                running: id.map { id in content.requests.values.count { $0.owner == id } } ?? 0,
                leads: LeaderRole.allCases.filter { role in
                    guard let leader = content.leaders[role], let node = newest[name] else { return false }
                    return leader.node == id && leader.leaseEnd > now && node.leaseEnd > now
                },
                stopped: Set(NodeDuty.allCases.filter { content.quiesced.contains(.duty($0, of: name)) })
            )
        }
    }

    package func setQuiesced(
        _ isQuiesced: Bool,
        _ target: QuiesceTarget,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws {
        try write { transaction, _ in
            try transaction.record(call, answering: .done)
            guard transaction.content.quiesced.contains(target) != isQuiesced else { return }
            if isQuiesced {
                transaction.content.quiesced.insert(target)
            } else {
                transaction.content.quiesced.remove(target)
            }
            if let audit { transaction.append(AuditRecord(audit, target, time: transaction.now)) }
        }
    }

    package func lead(_ role: LeaderRole, node: NodeID, lease: Duration) async throws -> LeaderTerm? {
        try write { transaction, _ in
            let now = transaction.now
            guard transaction.standing(of: node) != .none else { return nil }
            let leader = transaction.content.leaders[role]
            if let leader, leader.node != node, leader.leaseEnd > now, transaction.standing(of: leader.node) != .none {
                return nil
            }
            let term = leader.map { $0.node == node ? $0.term : $0.term + 1 } ?? 1
            transaction.content.leaders[role] = MemoryLeader(node: node, term: term, leaseEnd: now + lease)
            return LeaderTerm(term)
        }
    }

    package func lostAttempts(
        for node: NodeID,
        after id: RequestID?,
        limit: Int
    ) async throws -> [LostAttempt] {
        let content = snapshot
        let now = now()
        let living = content.nodes.values.filter { $0.leaseEnd > now }
        let lost = content.requests.values.filter { request in
            guard let owner = request.owner, owner != node, request.id > (id ?? RequestID(.min)) else { return false }
            return !living.contains { $0.record.id == owner }
        }
        return lost.sorted { $0.id < $1.id }.prefix(limit).map { request in
            let owner = request.owner.flatMap { content.nodes[$0]?.record }
            let hasSuccessor = living.contains { $0.record.name == owner?.name }
            return LostAttempt(
                request: request,
                owner: owner,
                reason: .of(lostOwnerIsKnown: owner != nil, hasLivingNamesake: hasSuccessor)
            )
        }
    }
}
