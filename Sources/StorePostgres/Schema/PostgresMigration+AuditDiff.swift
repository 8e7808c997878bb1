extension PostgresMigration {
    /// What an audited change of metadata has changed.
    static let auditDiff = PostgresMigration(
        name: "0009-audit-diff",
        sql: """
            ALTER TABLE audit ADD COLUMN diff text COLLATE "C";

            CREATE TYPE audit_row_3 AS (
                time bigint, principal text, action text, auth_method text, client_address text, attestation text,
                trace text, target_kind text, target_id text, outcome bigint, error_code bigint, reason text, diff text
            );
            """
    )
}
