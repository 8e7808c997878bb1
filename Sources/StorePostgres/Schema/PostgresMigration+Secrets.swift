extension PostgresMigration {
    /// Named secrets, each sealed under its name and definitions.
    static let secrets = PostgresMigration(
        name: "0016-secrets",
        sql: """
            CREATE TABLE secret (
                name text COLLATE "C" PRIMARY KEY,
                sealed_value text COLLATE "C" NOT NULL,
                definitions text COLLATE "C" NOT NULL,
                updated_by text COLLATE "C" NOT NULL,
                updated_time bigint NOT NULL
            );
            """
    )
}
