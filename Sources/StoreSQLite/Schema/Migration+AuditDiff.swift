extension Migration {
    /// What an audited change of metadata has changed.
    static let auditDiff = Migration(name: "0010-audit-diff", sql: "ALTER TABLE audit ADD COLUMN diff TEXT;")
}
