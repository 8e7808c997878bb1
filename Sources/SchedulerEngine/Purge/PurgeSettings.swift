/// How a purge works (administration §9).
package struct PurgeSettings: Hashable, Sendable {
    /// `purge.physicalAfter`: how long rows, logs and outputs outlive the deletion of their tree.
    package var physicalAfter: Duration
    /// `purge.batchSize`: most requests of one transaction.
    package var batchSize: Int
    /// `audit.retention`: age of the oldest audit records.
    package var auditRetention: Duration

    package init(
        physicalAfter: Duration = .seconds(7 * 86_400),
        batchSize: Int = 1000,
        auditRetention: Duration = .seconds(400 * 86_400)
    ) {
        self.physicalAfter = physicalAfter
        self.batchSize = batchSize
        self.auditRetention = auditRetention
    }
}
