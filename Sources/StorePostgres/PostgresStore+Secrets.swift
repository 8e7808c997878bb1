import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func secrets() async throws -> [StoredSecret] {
        try await readers.read { session in
            try session.query(Self.allSecrets).stored { SecretCodec.stored(row: $0) }
        }
    }

    package func secret(_ name: String) async throws -> StoredSecret? {
        try await readers.read { session in
            try session.query(Self.oneSecret) { $0.append(StoredText.encode(name)) }
                .stored { SecretCodec.stored(row: $0) }.first
        }
    }

    private static let allSecrets = PostgresStatement("SELECT \(SecretCodec.columns) FROM secret ORDER BY name")
    private static let oneSecret = PostgresStatement("SELECT \(SecretCodec.columns) FROM secret WHERE name = $1")

    package func putSecret(
        _ secret: NamedSecret,
        audit: AuditEntry
    ) async throws -> (stored: StoredSecret, isNew: Bool) {
        try await transact { transaction in
            let work = transaction.work
            // Of two that put the same secret at once, the second sees what the first has put.
            _ = try work.session.query("LOCK TABLE secret IN SHARE ROW EXCLUSIVE MODE")
            let old = try work.session.query(Self.oneSecret) { $0.append(StoredText.encode(secret.name)) }
                .stored { SecretCodec.stored(row: $0) }.first?.secret
            if old == nil {
                let count = try work.session.query("SELECT count(*) FROM secret").firstRow { Int($0.integer()) }
                try NamedSecret.checkRoom(beside: count ?? 0)
            }
            let stored = StoredSecret(secret, updatedBy: audit.principal, updatedTime: work.now)
            _ = try work.session.query(Self.putSecret) {
                $0.append(StoredText.encode(secret.name))
                $0.append(secret.sealedValue)
                $0.append(StoredText.encode(SecretCodec.text(of: secret.definitions)))
                $0.append(StoredText.encode(stored.updatedBy))
                $0.append(stored.updatedTime.milliseconds)
            }
            work.noteWrite()
            work.append(AuditRecord(audit, put: secret, over: old, time: work.now))
            return (stored, old == nil)
        }
    }

    private static let putSecret = PostgresStatement(
        """
        INSERT INTO secret (\(SecretCodec.columns)) VALUES ($1, $2, $3, $4, $5::bigint)
        ON CONFLICT (name) DO UPDATE SET
            sealed_value = excluded.sealed_value, definitions = excluded.definitions,
            updated_by = excluded.updated_by, updated_time = excluded.updated_time
        """
    )

    package func removeSecret(_ name: String, audit: AuditEntry, call: IdempotentCall?) async throws -> Bool {
        try await transact { transaction in
            let work = transaction.work
            let removed = try work.session.query(Self.removeSecret) { $0.append(StoredText.encode(name)) }
                .stored { SecretCodec.stored(row: $0) }
            guard let old = removed.first?.secret else { return false }
            work.noteWrite()
            work.append(AuditRecord(audit, removed: old, time: work.now))
            try transaction.record(call, answering: .done)
            return true
        }
    }

    private static let removeSecret = PostgresStatement(
        "DELETE FROM secret WHERE name = $1 RETURNING \(SecretCodec.columns)"
    )
}
