extension PostgresMigration {
    /// Why the caller of an audited operation wanted it.
    static let auditReason = PostgresMigration(
        name: "0004-audit-reason",
        sql: """
            ALTER TABLE audit ADD COLUMN reason text COLLATE "C";

            CREATE TYPE audit_row_2 AS (
                time bigint, principal text, action text, auth_method text, client_address text, attestation text,
                trace text, target_kind text, target_id text, outcome bigint, error_code bigint, reason text
            );
            """
    )
}
