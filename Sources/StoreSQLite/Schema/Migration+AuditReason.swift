extension Migration {
    /// Why the caller of an audited operation wanted it.
    static let auditReason = Migration(name: "0005-audit-reason", sql: "ALTER TABLE audit ADD COLUMN reason TEXT;")
}
