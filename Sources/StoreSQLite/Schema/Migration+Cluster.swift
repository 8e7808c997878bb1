extension Migration {
    /// What a node is, who rests, who leads, facts of the installation, and a number that grows with the metadata.
    static let cluster = Migration(
        name: "0002-cluster",
        sql: """
            ALTER TABLE node ADD COLUMN version TEXT NOT NULL DEFAULT '';
            ALTER TABLE node ADD COLUMN joined_time INTEGER NOT NULL DEFAULT 0;

            CREATE TABLE quiesced (
                name TEXT NOT NULL PRIMARY KEY
            ) STRICT;

            CREATE TABLE leader (
                role INTEGER PRIMARY KEY,
                node INTEGER NOT NULL,
                term INTEGER NOT NULL,
                lease_end INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE installation (
                name TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL
            ) STRICT;

            CREATE TABLE metadata_revision (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                revision INTEGER NOT NULL
            ) STRICT;
            INSERT INTO metadata_revision VALUES (1, 0);
            """
    )
}
