extension PostgresMigration {
    /// Who made and changed metadata objects, their versions, and what is customised of them.
    static let metadata = PostgresMigration(
        name: "0005-metadata",
        sql: """
            ALTER TABLE metadata
                ADD COLUMN created_by text COLLATE "C" NOT NULL DEFAULT 'system',
                ADD COLUMN created_time bigint NOT NULL DEFAULT 0,
                ADD COLUMN updated_by text COLLATE "C" NOT NULL DEFAULT 'system';
            UPDATE metadata SET created_time = updated_time;

            CREATE TABLE metadata_version (
                id text COLLATE "C" NOT NULL,
                version bigint NOT NULL,
                document text COLLATE "C" NOT NULL,
                updated_by text COLLATE "C" NOT NULL,
                updated_time bigint NOT NULL,
                comment text COLLATE "C",
                PRIMARY KEY (id, version)
            );
            INSERT INTO metadata_version (id, version, document, updated_by, updated_time)
                SELECT id, version, document, updated_by, updated_time FROM metadata;

            CREATE TABLE metadata_customization (
                id text COLLATE "C" NOT NULL,
                property text COLLATE "C" NOT NULL,
                value text COLLATE "C" NOT NULL,
                PRIMARY KEY (id, property)
            );
            """
    )
}
