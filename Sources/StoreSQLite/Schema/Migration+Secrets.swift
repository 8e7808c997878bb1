extension Migration {
    /// Named secrets, each sealed under its name and definitions.
    static let secrets = Migration(
        name: "0017-secrets",
        sql: """
            CREATE TABLE secret (
                name TEXT PRIMARY KEY NOT NULL,
                sealed_value TEXT NOT NULL,
                definitions TEXT NOT NULL,
                updated_by TEXT NOT NULL,
                updated_time INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """
    )
}
