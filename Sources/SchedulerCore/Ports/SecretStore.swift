/// Keeps named secrets, each sealed under its name and definitions (administration §5.5). All calls throw `StoreFault`.
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
    /// - Throws: ESS-05008 for one more than `NamedSecret.countMax`; `StoreFault`; nothing is written then.
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

extension NamedSecret {
    /// Whether there is room for one more beside so many.
    ///
    /// - Throws: ESS-05008.
    package static func checkRoom(beside count: Int) throws(SchedulerError) {
        guard count < countMax else { throw SchedulerError(5008, "secrets", String(countMax)) }
    }
}

extension AuditRecord {
    /// Kind of a secret in the audit trail.
    package static let secretKind = "Secret"

    /// A secret that is put in place of another, or of none: `create` or `update`, with what became of its definitions.
    package init(_ entry: AuditEntry, put secret: NamedSecret, over old: NamedSecret?, time: Timestamp) {
        self.init(entry.with(action: old == nil ? "create" : "update"), from: old, to: secret, secret.name, time)
    }

    /// A secret that is removed.
    package init(_ entry: AuditEntry, removed secret: NamedSecret, time: Timestamp) {
        self.init(entry, from: secret, to: nil, secret.name, time)
    }

    private init(_ entry: AuditEntry, from: NamedSecret?, to: NamedSecret?, _ name: String, _ time: Timestamp) {
        let (from, to) = (Self.json(from?.definitions), Self.json(to?.definitions))
        self.init(
            time: time,
            entry: entry,
            targetKind: Self.secretKind,
            targetID: name,
            outcome: .ok,
            diff: from == to ? nil : #"[{"path":"definitions","from":\#(from),"to":\#(to)}]"#
        )
    }

    /// No pattern holds what JSON would escape.
    private static func json(_ definitions: [ResourcePattern]?) -> String {
        definitions.map { "[\($0.map { "\"\($0)\"" }.joined(separator: ","))]" } ?? "null"
    }
}
