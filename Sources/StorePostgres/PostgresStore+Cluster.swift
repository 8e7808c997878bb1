import PostgresClient
package import SchedulerCore
import StoreSupport

/// Leases are written and compared in the database's clock alone.
extension PostgresStore {
    package func join(_ node: NodeRecord, lease: Duration) async throws {
        var needs = WriteNeeds()
        needs.labels = [node.id.value]
        try await transact(needs) { transaction in
            let work = transaction.work
            let now = work.now.milliseconds
            let key = try work.session.labels.key(of: node.id.value)
            // Two of one name must not both find nobody.
            try work.session.connection.execute("LOCK TABLE node IN SHARE ROW EXCLUSIVE MODE")
            let name = StoredText.encode(node.name)
            let isTaken = try work.session.query(
                "SELECT EXISTS (SELECT FROM node WHERE name = $1 AND id <> $2::bigint AND lease_end > $3)"
            ) { parameters in
                parameters.append(name)
                parameters.append(key)
                parameters.append(now)
            }
            .firstRow { $0.flag() }
            guard isTaken == false else {
                throw StoreFault("a living node is called \(node.name) already", kind: .unavailable)
            }
            _ = try work.session.query("DELETE FROM node WHERE lease_end < $1") {
                $0.append(now - PostgresStoreLimits.nodeKeptMilliseconds)
            }
            _ = try work.session.query(Self.insertNode) { parameters in
                parameters.append(key)
                parameters.append(name)
                parameters.append(Int64(node.process.pid))
                parameters.append(Int64(bitPattern: node.process.startTicks))
                parameters.append(StoredText.encode(node.process.bootID))
                parameters.append((work.now + lease).milliseconds)
            }
            work.noteWrite()
        }
    }

    private static let insertNode: PostgresStatement = """
        INSERT INTO node (id, name, process_id, process_start, process_boot, lease_end)
        VALUES ($1::bigint, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, process_id = excluded.process_id,
            process_start = excluded.process_start, process_boot = excluded.process_boot,
            lease_end = excluded.lease_end
        """

    package func renew(_ node: NodeID, lease: Duration) async throws -> Bool {
        try await transact { transaction in
            let work = transaction.work
            guard let key = try work.session.labels.existingKey(of: node.value) else { return false }
            let renewed = try work.session.query(
                "UPDATE node SET lease_end = $1 WHERE id = $2::bigint AND lease_end > $3"
            ) { parameters in
                parameters.append((work.now + lease).milliseconds)
                parameters.append(key)
                parameters.append(work.now.milliseconds)
            }
            .affectedRows
            if renewed > 0 { work.noteWrite() }
            return renewed == 1
        }
    }

    package func leave(_ node: NodeID) async throws {
        try await transact { transaction in
            let work = transaction.work
            guard let key = try work.session.labels.existingKey(of: node.value) else { return }
            _ = try work.session.query("DELETE FROM node WHERE id = $1::bigint") { $0.append(key) }
            work.noteWrite()
        }
    }
}
