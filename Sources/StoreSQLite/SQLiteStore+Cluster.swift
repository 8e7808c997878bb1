package import SchedulerCore
import StoreSupport

/// One process has the file, so one node lives at a time: who joins is the only one, and every lease before it is
/// void at once (runtime §8).
extension SQLiteStore {
    package func join(_ node: NodeRecord, lease: Duration) async throws {
        try await transact { transaction in
            let session = transaction.session
            try session.write(session.statements.statement("DELETE FROM node"))
            let statement = try session.statements.statement(
                """
                INSERT INTO node (id, name, process_id, process_start, process_boot, lease_end)
                VALUES (?, ?, ?, ?, ?, ?)
                """
            )
            statement.bind(try session.labels.key(of: node.id.value))
            statement.bind(node.name)
            statement.bind(Int64(node.process.pid))
            statement.bind(Int64(bitPattern: node.process.startTicks))
            statement.bind(node.process.bootID)
            statement.bind((transaction.now + lease).milliseconds)
            try session.write(statement)
        }
    }

    package func renew(_ node: NodeID, lease: Duration) async throws -> Bool {
        try await transact { transaction in
            let session = transaction.session
            let statement = try session.statements.statement(
                "UPDATE node SET lease_end = ? WHERE id = ? AND lease_end > ?"
            )
            statement.bind((transaction.now + lease).milliseconds)
            statement.bind(try session.labels.existingKey(of: node.value) ?? 0)
            statement.bind(transaction.now.milliseconds)
            return try session.write(statement) == 1
        }
    }

    package func leave(_ node: NodeID) async throws {
        try await transact { transaction in
            let session = transaction.session
            let statement = try session.statements.statement("DELETE FROM node WHERE id = ?")
            statement.bind(try session.labels.existingKey(of: node.value) ?? 0)
            try session.write(statement)
        }
    }
}
