/// Keeps named secrets, each sealed under its name (administration §5.5). All calls throw `StoreFault`.
package protocol SecretStore: Sendable {
    /// All, in order of their names.
    func secrets() async throws -> [StoredSecret]

    /// The one of that name; nil where there is none.
    func secret(_ name: String) async throws -> StoredSecret?

    /// Keeps a secret in place of the one of its name.
    ///
    /// - Parameters:
    ///   - secret: sealed.
    ///   - audit: record to write with it; its action is replaced by what was done.
    /// - Returns: what is stored now, and whether there was none before.
    /// - Throws: `StoreFault`; nothing is written then.
    func putSecret(_ secret: NamedSecret, audit: AuditEntry) async throws -> (stored: StoredSecret, isNew: Bool)

    /// Removes a secret.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - audit: record to write with it; nothing is written where there is none of the name.
    ///   - call: recorded with it; nil for one without a key.
    /// - Returns: whether there was one.
    /// - Throws: ESS-01054 where the call's key has been used; `StoreFault`; nothing is written then.
    func removeSecret(_ name: String, audit: AuditEntry, call: IdempotentCall?) async throws -> Bool
}

/// A secret as it stands in the store.
package struct StoredSecret: Hashable, Sendable {
    package let secret: NamedSecret
    /// Who set it last, and when.
    package let updatedBy: String
    package let updatedTime: Timestamp

    package init(_ secret: NamedSecret, updatedBy: String, updatedTime: Timestamp) {
        self.secret = secret
        self.updatedBy = updatedBy
        self.updatedTime = updatedTime
    }
}

/// What is done to a secret; the raw value is the action of the audit record.
package enum SecretAction: String, Hashable, Sendable {
    case create
    case update
    case delete
}

extension AuditRecord {
    /// Kind of a secret in the audit trail.
    package static let secretKind = "Secret"

    /// A change of a secret.
    package init(_ entry: AuditEntry, _ action: SecretAction, secret name: String, time: Timestamp) {
        self.init(
            time: time,
            entry: entry.with(action: action.rawValue),
            targetKind: Self.secretKind,
            targetID: name,
            outcome: .ok
        )
    }
}
