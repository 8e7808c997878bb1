package import SchedulerCore

extension MemoryStore {
    package func secrets() async throws -> [StoredSecret] {
        snapshot.secrets.values.sorted { $0.secret.name.utf8.lexicographicallyPrecedes($1.secret.name.utf8) }
    }

    package func secret(_ name: String) async throws -> StoredSecret? { snapshot.secrets[Array(name.utf8)] }

    package func putSecret(
        _ secret: NamedSecret,
        audit: AuditEntry
    ) async throws -> (stored: StoredSecret, isNew: Bool) {
        try write { transaction, _ in
            let stored = StoredSecret(secret, updatedBy: audit.principal, updatedTime: transaction.now)
            let old = transaction.content.secrets.updateValue(stored, forKey: Array(secret.name.utf8))?.secret
            if old == nil { try NamedSecret.checkRoom(beside: transaction.content.secrets.count - 1) }
            transaction.append(AuditRecord(audit, put: secret, over: old, time: transaction.now))
            return (stored, old == nil)
        }
    }

    package func removeSecret(_ name: String, audit: AuditEntry, call: IdempotentCall?) async throws -> Bool {
        try write { transaction, _ in
            guard let old = transaction.content.secrets.removeValue(forKey: Array(name.utf8))?.secret else {
                return false
            }
            transaction.append(AuditRecord(audit, removed: old, time: transaction.now))
            try transaction.record(call, answering: .done)
            return true
        }
    }
}
