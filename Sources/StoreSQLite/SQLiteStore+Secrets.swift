package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func secrets() async throws -> [StoredSecret] {
        try await readers.read { session in
            try session.statements.statement("SELECT \(SecretCodec.columns) FROM secret ORDER BY name")
                .rows { SecretCodec.stored(row: $0) }
        }
    }

    package func secret(_ name: String) async throws -> StoredSecret? {
        try await readers.read { try Self.secret(name, $0.statements) }
    }

    private static func secret(_ name: String, _ statements: StatementCache) throws -> StoredSecret? {
        let statement = try statements.statement("SELECT \(SecretCodec.columns) FROM secret WHERE name = ?")
        statement.bind(name)
        return try statement.firstRow { SecretCodec.stored(row: $0) }
    }

    package func putSecret(
        _ secret: NamedSecret,
        audit: AuditEntry
    ) async throws -> (stored: StoredSecret, isNew: Bool) {
        try await transact { transaction in
            let session = transaction.session
            let old = try Self.secret(secret.name, session.statements)?.secret
            if old == nil {
                let count = try session.statements.statement("SELECT count(*) FROM secret")
                try NamedSecret.checkRoom(beside: count.firstRow { Int($0.integer()) } ?? 0)
            }
            let stored = StoredSecret(secret, updatedBy: audit.principal, updatedTime: transaction.now)
            let statement = try session.statements.statement(
                "REPLACE INTO secret (\(SecretCodec.columns)) VALUES (?, ?, ?, ?, ?)"
            )
            statement.bind(secret.name)
            statement.bind(secret.sealedValue)
            statement.bind(SecretCodec.text(of: secret.definitions))
            statement.bind(stored.updatedBy)
            statement.bind(stored.updatedTime.milliseconds)
            try session.write(statement)
            try transaction.append(AuditRecord(audit, put: secret, over: old, time: transaction.now))
            return (stored, old == nil)
        }
    }

    package func removeSecret(_ name: String, audit: AuditEntry, call: IdempotentCall?) async throws -> Bool {
        try await transact { transaction in
            let session = transaction.session
            guard let old = try Self.secret(name, session.statements)?.secret else { return false }
            let removal = try session.statements.statement("DELETE FROM secret WHERE name = ?")
            removal.bind(name)
            try session.write(removal)
            try transaction.append(AuditRecord(audit, removed: old, time: transaction.now))
            try transaction.record(call, answering: .done)
            return true
        }
    }
}
