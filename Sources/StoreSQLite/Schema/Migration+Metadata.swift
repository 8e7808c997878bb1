extension Migration {
    /// Who made and changed metadata objects, their versions, and what is customised of them.
    static let metadata = Migration(
        name: "0006-metadata",
        sql: """
            ALTER TABLE metadata ADD COLUMN created_by TEXT NOT NULL DEFAULT 'system';
            ALTER TABLE metadata ADD COLUMN created_time INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE metadata ADD COLUMN updated_by TEXT NOT NULL DEFAULT 'system';
            UPDATE metadata SET created_time = updated_time;

            CREATE TABLE metadata_version (
                id TEXT NOT NULL,
                version INTEGER NOT NULL,
                document TEXT NOT NULL,
                updated_by TEXT NOT NULL,
                updated_time INTEGER NOT NULL,
                comment TEXT,
                PRIMARY KEY (id, version)
            ) STRICT;
            INSERT INTO metadata_version (id, version, document, updated_by, updated_time)
                SELECT id, version, document, updated_by, updated_time FROM metadata;

            CREATE TABLE metadata_customization (
                id TEXT NOT NULL,
                property TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (id, property)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
