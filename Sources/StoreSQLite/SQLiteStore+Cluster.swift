package import SchedulerCore
import StoreSupport

/// One process has the file, so one node lives at a time: who joins is the only one, and every lease before it is
/// void at once (runtime §8).
extension SQLiteStore {
    package var isExclusive: Bool { true }

    package func join(_ node: NodeRecord, lease: Duration, over predecessor: NodeID?) async throws -> JoinOutcome {
        try await transact { transaction in
            let session = transaction.session
            let key = try session.labels.key(of: node.id.value)
            let now = transaction.now.milliseconds
            let removal = try session.statements.statement("DELETE FROM node WHERE lease_end < ?")
            removal.bind(now - StoredNode.keptMilliseconds)
            try session.write(removal)
            let end = try session.statements.statement("UPDATE node SET lease_end = min(lease_end, ?) WHERE id <> ?")
            end.bind(now)
            end.bind(key)
            try session.write(end)
            let statement = try session.statements.statement(
                """
                INSERT INTO node (
                    id, name, process_id, process_start, process_boot, version, joined_time, lease_end
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET lease_end = excluded.lease_end
                """
            )
            statement.bind(key)
            statement.bind(node.name)
            statement.bind(Int64(node.process.pid))
            statement.bind(Int64(bitPattern: node.process.startTicks))
            statement.bind(node.process.bootID)
            statement.bind(node.version)
            statement.bind(now)
            statement.bind((transaction.now + lease).milliseconds)
            try session.write(statement)
            return .joined
        }
    }

    package func renew(_ node: NodeID, lease: Duration) async throws -> NodeStanding {
        try await transact { transaction in
            let standing = try transaction.standing(of: node)
            guard standing != .none else { return standing }
            let session = transaction.session
            let statement = try session.statements.statement("UPDATE node SET lease_end = ? WHERE id = ?")
            statement.bind((transaction.now + lease).milliseconds)
            statement.bind(try session.labels.existingKey(of: node.value) ?? 0)
            try session.write(statement)
            return standing
        }
    }

    package func publish(_ offer: NodeOffer, of node: NodeID) async throws {
        try await transact { transaction in
            let session = transaction.session
            guard let key = try session.labels.existingKey(of: node.value) else { return }
            let bytes = NodeOfferCodec.encode(offer)
            let known = try session.statements.statement("SELECT 1 FROM node WHERE id = ?1 AND offer IS NOT ?2")
            known.bind(key)
            known.bind(bytes)
            guard try known.firstRow({ _ in true }) ?? false else { return }
            let statement = try session.statements.statement("UPDATE node SET offer = ?2 WHERE id = ?1")
            statement.bind(key)
            statement.bind(bytes)
            try session.write(statement)
        }
    }

    package func leave(_ node: NodeID) async throws {
        try await transact { transaction in
            let session = transaction.session
            let key = try session.labels.existingKey(of: node.value) ?? 0
            let removal = try session.statements.statement("DELETE FROM node WHERE id = ?")
            removal.bind(key)
            try session.write(removal)
            let end = try session.statements.statement("UPDATE leader SET lease_end = 0 WHERE node = ?")
            end.bind(key)
            try session.write(end)
        }
    }

    package func nodes() async throws -> [NodeStatus] {
        let now = writer.now()
        return try await readers.read { try Self.cluster(in: $0, now: now).statuses }
    }

    package func setQuiesced(
        _ isQuiesced: Bool,
        _ target: QuiesceTarget,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws {
        try await transact { transaction in
            let session = transaction.session
            let statement = try session.statements.statement(
                isQuiesced
                    ? "INSERT INTO quiesced (name) VALUES (?) ON CONFLICT (name) DO NOTHING"
                    : "DELETE FROM quiesced WHERE name = ?"
            )
            statement.bind(target.storedName)
            let hasChanged = try session.write(statement) == 1
            if hasChanged, let audit { try transaction.append(AuditRecord(audit, target, time: transaction.now)) }
            try transaction.record(call, answering: .done)
        }
    }

    package func lead(_ role: LeaderRole, node: NodeID, lease: Duration) async throws -> LeaderTerm? {
        try await transact { transaction in
            guard try transaction.standing(of: node) != .none else { return nil }
            let session = transaction.session
            let statement = try session.statements.statement(
                """
                INSERT INTO leader AS o (role, node, term, lease_end) VALUES (?1, ?2, 1, ?3)
                ON CONFLICT (role) DO UPDATE SET
                    node = excluded.node, term = o.term + (o.node <> excluded.node), lease_end = excluded.lease_end
                WHERE o.node = excluded.node OR o.lease_end <= ?4
                    OR NOT EXISTS (SELECT 1 FROM node AS n WHERE n.id = o.node AND n.lease_end > ?4)
                """
            )
            statement.bind(StoredCodes.leaderRoles.code(role))
            statement.bind(try session.labels.existingKey(of: node.value) ?? 0)
            statement.bind((transaction.now + lease).milliseconds)
            statement.bind(transaction.now.milliseconds)
            guard try session.write(statement) == 1 else { return nil }
            let term = try session.statements.statement("SELECT term FROM leader WHERE role = ?")
            term.bind(StoredCodes.leaderRoles.code(role))
            return try term.firstRow { LeaderTerm($0.integer()) }
        }
    }

    package func lostAttempts(
        for node: NodeID,
        after id: RequestID?,
        limit: Int
    ) async throws -> [LostAttempt] {
        let now = writer.now()
        return try await readers.read { session in
            let statement = try session.statements.statement(PollQueries.attemptsLost)
            // A node that never owned anything has no label; no number of a label is 0.
            statement.bind(try session.labels.existingKey(of: node.value) ?? 0)
            statement.bind(id?.value ?? .min)
            statement.bind(now.milliseconds)
            statement.bind(limit)
            let requests = try statement.rows(session.codec.read)
            guard !requests.isEmpty else { return [] }
            let cluster = try Self.cluster(in: session, now: now)
            return requests.map(cluster.lost)
        }
    }

    private static func cluster(in session: ReadSession, now: Timestamp) throws -> StoredCluster {
        let nodes = try session.statements.statement(StoredNode.query(owners: "request"))
        let leaders = try session.statements.statement(StoredLeader.query)
        let quiesced = try session.statements.statement("SELECT name FROM quiesced")
        return StoredCluster(
            nodes: try nodes.rows { try StoredNode($0) },
            leaders: try leaders.rows { try StoredLeader($0) },
            quiesced: try quiesced.rows { $0.text() },
            now: now
        )
    }
}
