/// One step of the schema. Steps are only ever added at the end; a released one is never edited.
package struct PostgresMigration: Sendable {
    /// Kept in the database; tells which steps it has.
    package let name: String
    package let sql: String

    package init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// All steps, in order.
    package static let all: [PostgresMigration] = [
        .requests, .composition, .locks, .auditReason, .metadata, .purge, .work,
        .nodeOffer, .auditDiff, .outbox, .forecast, .groups, .purgeParts, .calls, .lists,
        .secrets,
    ]
}
