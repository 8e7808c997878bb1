import PostgresClient
package import SchedulerCore
import StoreSupport

/// Leases are written and compared in the database's clock alone.
extension PostgresStore {
    package var isExclusive: Bool { false }

    package func join(_ node: NodeRecord, lease: Duration, over predecessor: NodeID?) async throws -> JoinOutcome {
        var needs = WriteNeeds()
        needs.labels = [node.id.value]
        return try await transact(needs) { transaction in
            let work = transaction.work
            // Two of one name must not both find nobody.
            try work.session.connection.execute("LOCK TABLE node IN SHARE ROW EXCLUSIVE MODE")
            if let predecessor { try Self.end(predecessor, in: work) }
            let key = try work.session.labels.key(of: node.id.value)
            let isNamesake: (StoredNode) -> Bool = {
                $0.record.name == node.name && $0.record.id != node.id && $0.leaseEnd > work.now
            }
            if let namesake = try Self.nodes(work.session).first(where: isNamesake) {
                return .nameTaken(by: namesake.record, until: namesake.leaseEnd)
            }
            _ = try work.session.query("DELETE FROM node WHERE lease_end < $1") {
                $0.append(work.now.milliseconds - StoredNode.keptMilliseconds)
            }
            _ = try work.session.query(Self.insertNode) { parameters in
                parameters.append(key)
                parameters.append(StoredText.encode(node.name))
                parameters.append(Int64(node.process.pid))
                parameters.append(Int64(bitPattern: node.process.startTicks))
                parameters.append(StoredText.encode(node.process.bootID))
                parameters.append(StoredText.encode(node.version))
                parameters.append(work.now.milliseconds)
                parameters.append((work.now + lease).milliseconds)
            }
            work.noteWrite()
            return .joined
        }
    }

    private static let insertNode: PostgresStatement = """
        INSERT INTO node (id, name, process_id, process_start, process_boot, version, joined_time, lease_end)
        VALUES ($1::bigint, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET lease_end = excluded.lease_end
        """

    private static func end(_ node: NodeID, in work: UnitOfWork) throws {
        guard let key = try work.session.labels.existingKey(of: node.value) else { return }
        _ = try work.session.query("UPDATE node SET lease_end = least(lease_end, $2) WHERE id = $1::bigint") {
            $0.append(key)
            $0.append(work.now.milliseconds)
        }
        work.noteWrite()
    }

    package func renew(_ node: NodeID, lease: Duration) async throws -> NodeStanding {
        var needs = WriteNeeds()
        needs.node = node
        return try await transact(needs) { transaction in
            let work = transaction.work
            let standing = try work.standing(of: node)
            guard standing != .none, let key = try work.session.labels.existingKey(of: node.value) else {
                return .none
            }
            // Somebody may have ended the lease since.
            let renewed = try work.session.query(
                "UPDATE node SET lease_end = $1 WHERE id = $2::bigint AND lease_end > $3"
            ) { parameters in
                parameters.append((work.now + lease).milliseconds)
                parameters.append(key)
                parameters.append(work.now.milliseconds)
            }
            .affectedRows
            guard renewed == 1 else { return .none }
            work.noteWrite()
            return standing
        }
    }

    package func publish(_ offer: NodeOffer, of node: NodeID) async throws {
        try await transact { transaction in
            let work = transaction.work
            guard let key = try work.session.labels.existingKey(of: node.value) else { return }
            let changed = try work.session.query(
                "UPDATE node SET offer = $2::bytea WHERE id = $1::bigint AND offer IS DISTINCT FROM $2::bytea"
            ) { parameters in
                parameters.append(key)
                parameters.append(NodeOfferCodec.encode(offer))
            }
            if changed.affectedRows > 0 { work.noteWrite() }
        }
    }

    package func leave(_ node: NodeID) async throws {
        try await transact { transaction in
            let work = transaction.work
            guard let key = try work.session.labels.existingKey(of: node.value) else { return }
            _ = try work.session.query("DELETE FROM node WHERE id = $1::bigint") { $0.append(key) }
            _ = try work.session.query("UPDATE leader SET lease_end = 0 WHERE node = $1::bigint") { $0.append(key) }
            work.noteWrite()
        }
    }

    package func nodes() async throws -> [NodeStatus] {
        let now = try await now()
        return try await readers.read { try Self.cluster(in: $0, now: now).statuses }
    }

    package func setQuiesced(
        _ isQuiesced: Bool,
        _ target: QuiesceTarget,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws {
        try await transact { transaction in
            let work = transaction.work
            try transaction.record(call, answering: .done)
            let statement: PostgresStatement =
                isQuiesced
                ? "INSERT INTO quiesced (name) VALUES ($1) ON CONFLICT (name) DO NOTHING"
                : "DELETE FROM quiesced WHERE name = $1"
            let changed = try work.session.query(statement) { $0.append(StoredText.encode(target.storedName)) }
            guard changed.affectedRows == 1 else { return }
            work.noteWrite(.dispatch)
            if let audit { work.append(AuditRecord(audit, target, time: work.now)) }
        }
    }

    package func lead(_ role: LeaderRole, node: NodeID, lease: Duration) async throws -> LeaderTerm? {
        var needs = WriteNeeds()
        needs.node = node
        return try await transact(needs) { transaction in
            let work = transaction.work
            guard try work.standing(of: node) != .none,
                let key = try work.session.labels.existingKey(of: node.value)
            else { return nil }
            let term = try work.session.query(Self.takeLead) { parameters in
                parameters.append(StoredCodes.leaderRoles.code(role))
                parameters.append(key)
                parameters.append((work.now + lease).milliseconds)
                parameters.append(work.now.milliseconds)
            }
            .firstRow { LeaderTerm($0.integer()) }
            if term != nil { work.noteWrite() }
            return term
        }
    }

    private static let takeLead: PostgresStatement = """
        INSERT INTO leader AS o (role, node, term, lease_end) VALUES ($1::bigint, $2::bigint, 1, $3)
        ON CONFLICT (role) DO UPDATE SET
            node = excluded.node, term = o.term + (o.node <> excluded.node)::integer, lease_end = excluded.lease_end
        WHERE o.node = excluded.node OR o.lease_end <= $4
            OR NOT EXISTS (SELECT FROM node AS n WHERE n.id = o.node AND n.lease_end > $4)
        RETURNING term
        """

    package func lostAttempts(
        for node: NodeID,
        after id: RequestID?,
        limit: Int
    ) async throws -> [LostAttempt] {
        let now = try await now()
        return try await readers.read { session in
            // A node that never owned anything has no label; no number of a label is 0.
            let key = try session.labels.existingKey(of: node.value) ?? 0
            let requests = try session.query(PollQueries.attemptsLost) { parameters in
                parameters.append(key)
                parameters.append(id?.value ?? .min)
                parameters.append(limit)
                parameters.append(now.milliseconds)
            }
            .stored(session.codec.read)
            guard !requests.isEmpty else { return [] }
            let cluster = try Self.cluster(in: session, now: now)
            return requests.map(cluster.lost)
        }
    }

    private static func cluster(in session: ReadSession, now: Timestamp) throws -> StoredCluster {
        StoredCluster(
            nodes: try nodes(session),
            leaders: try session.query(.init(StoredLeader.query)).stored { try StoredLeader($0) },
            quiesced: try session.query("SELECT name FROM quiesced").stored { $0.text() },
            now: now
        )
    }

    private static func nodes(_ session: some PostgresSession) throws -> [StoredNode] {
        try session.connection.query(nodeQuery, PostgresParameters()).stored { try StoredNode($0) }
    }

    private static let nodeQuery = PostgresStatement(StoredNode.query(owners: "request_course"))
}
