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
        try await readers.read { session in
            let statement = try session.statements.statement(
                "SELECT \(SecretCodec.columns) FROM secret WHERE name = ?"
            )
            statement.bind(name)
            return try statement.firstRow { SecretCodec.stored(row: $0) }
        }
    }

    package func putSecret(
        _ secret: NamedSecret,
        audit: AuditEntry
    ) async throws -> (stored: StoredSecret, isNew: Bool) {
        try await transact { transaction in
            let session = transaction.session
            let stored = StoredSecret(secret, updatedBy: audit.principal, updatedTime: transaction.now)
            let removal = try session.statements.statement("DELETE FROM secret WHERE name = ?")
            removal.bind(secret.name)
            let isNew = try session.write(removal) == 0
            let insertion = try session.statements.statement(
                "INSERT INTO secret (\(SecretCodec.columns)) VALUES (?, ?, ?, ?, ?)"
            )
            insertion.bind(secret.name)
            insertion.bind(secret.sealedValue)
            insertion.bind(SecretCodec.text(of: secret.definitions))
            insertion.bind(stored.updatedBy)
            insertion.bind(stored.updatedTime.milliseconds)
            try session.write(insertion)
            let action: SecretAction = isNew ? .create : .update
            try transaction.append(AuditRecord(audit, action, secret: secret.name, time: transaction.now))
            return (stored, isNew)
        }
    }

    package func removeSecret(_ name: String, audit: AuditEntry, call: IdempotentCall?) async throws -> Bool {
        try await transact { transaction in
            let session = transaction.session
            let removal = try session.statements.statement("DELETE FROM secret WHERE name = ?")
            removal.bind(name)
            guard try session.write(removal) == 1 else { return false }
            try transaction.append(AuditRecord(audit, .delete, secret: name, time: transaction.now))
            try transaction.record(call, answering: .done)
            return true
        }
    }
}
