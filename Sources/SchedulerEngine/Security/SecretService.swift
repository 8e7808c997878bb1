package import SchedulerCore

/// Named secrets: sets and removes them, and opens them for whom they serve (administration §5.5).
package struct SecretService: Sendable {
    /// What a denied change is called in the audit trail; one that is carried out is a `create` or an `update`.
    private static let putting = "put"
    private static let deleting = "delete"

    private let store: any SecretStore
    private let sealer: SecretSealer
    private let access: RequestAccess
    private let denials: DenialRecorder

    /// - Parameters:
    ///   - store: keeps them.
    ///   - sealer: of the installation.
    ///   - access: says who may do what.
    ///   - denials: records refusals.
    package init(store: any SecretStore, sealer: SecretSealer, access: RequestAccess, denials: DenialRecorder) {
        self.store = store
        self.sealer = sealer
        self.access = access
        self.denials = denials
    }

    /// All, in order of their names.
    ///
    /// - Parameter caller: needs ESCAPEMENT_SECURITY, as for all else here.
    /// - Returns: without their values.
    /// - Throws: ESS-31002; `StoreFault`.
    package func secrets(caller: Caller) async throws -> [StoredSecret] {
        try access.decision(for: caller).require(.security)
        return try await store.secrets()
    }

    /// One of them.
    ///
    /// - Throws: ESS-31002, then ESS-30001; `StoreFault`.
    package func secret(_ name: String, caller: Caller) async throws -> StoredSecret {
        try access.decision(for: caller).require(.security)
        guard let stored = try await store.secret(name) else { throw Self.unknown(name) }
        return stored
    }

    /// The first check of a change, before its body is looked at.
    ///
    /// - Throws: ESS-31002.
    package func check(_ name: String, caller: Caller) async throws {
        try await require(caller, Self.putting, name)
    }

    /// Sets a secret, in place of the one of its name. The caller has passed `check(_:caller:)`.
    ///
    /// - Parameters:
    ///   - value: in plain text; sealed before it is stored.
    ///   - name: one that `NamedSecret.isName` takes.
    ///   - definitions: whose requests may use it.
    ///   - caller: who asks.
    /// - Returns: what is stored now, and whether there was none before.
    /// - Throws: ESS-05008 for one secret too many; `StoreFault`.
    package func put(
        _ value: String,
        as name: String,
        for definitions: [ResourcePattern],
        caller: Caller
    ) async throws -> (stored: StoredSecret, isNew: Bool) {
        let sealed = try sealer.seal(value, context: Self.context(name, definitions))
        let secret = NamedSecret(name: name, sealedValue: sealed, definitions: definitions)
        return try await store.putSecret(secret, audit: caller.audit(Self.putting))
    }

    /// Removes a secret.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - caller: who asks.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Throws: ESS-31002, then ESS-30001; `StoreFault`.
    package func remove(_ name: String, caller: Caller, call: IdempotentCall? = nil) async throws {
        try await require(caller, Self.deleting, name)
        guard try await store.removeSecret(name, audit: caller.audit(Self.deleting), call: call) else {
            throw Self.unknown(name)
        }
    }

    /// The value of a secret for a request.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - definition: of the request.
    /// - Returns: plain text; nil where there is none, or none that serves the definition.
    /// - Throws: `StoreFault`; an error of sealing where the key is another, or somebody has changed the row.
    package func value(of name: String, for definition: MetadataObjectID) async throws -> String? {
        guard let secret = try await store.secret(name)?.secret, secret.serves(definition) else { return nil }
        return try sealer.open(secret.sealedValue, context: Self.context(name, secret.definitions))
    }

    /// What somebody writes into the store makes a value neither another secret's nor serve other definitions. Neither
    /// names nor patterns hold a line end.
    private static func context(_ name: String, _ definitions: [ResourcePattern]) -> String {
        (["secret", name] + definitions.map(\.description)).joined(separator: "\n")
    }

    private static func unknown(_ name: String) -> SchedulerError {
        SchedulerError(30_001, "\(AuditRecord.secretKind) \(quoted(name))")
    }

    private static func quoted(_ name: String) -> String { name.bounded(toBytes: MetadataLimits.labelBytesMax) }

    private func require(_ caller: Caller, _ action: String, _ name: String) async throws {
        do throws(SchedulerError) {
            try access.decision(for: caller).require(.security)
        } catch {
            let target = Self.quoted(name)
            await denials.record(
                error,
                entry: caller.audit(action),
                targetKind: AuditRecord.secretKind,
                targetID: target
            )
            throw error
        }
    }
}
