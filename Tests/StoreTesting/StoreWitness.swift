package import SchedulerCore

/// Looks into a store past its ports, which do not list everything: to see that nothing else is there, or that nothing
/// has changed.
package protocol StoreWitness: Sendable {
    /// All there is.
    func content() throws -> StoreContent

    /// The target of each audit record, oldest record first.
    func auditTargets() throws -> [AuditTarget]

    /// The keys under which calls are recorded.
    func callKeys() throws -> [CallKey]

    /// Lets no write of a stored request find its row as the transaction has read it, as if the store had lost the
    /// isolation of its transactions; or lets them find it again. It changes the schema for that.
    func loseIsolation(_ isLost: Bool) throws
}

/// What an audit record is about.
package struct AuditTarget: Hashable, Sendable {
    package let kind: String
    package let id: String
}
