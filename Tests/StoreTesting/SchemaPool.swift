import PostgresClient
package import PostgresTesting
import Synchronization

/// Schemas that have all tables and that no test has at the moment: to empty one costs a fraction of making one.
package enum SchemaPool {
    private static let idle = Mutex<[TestSchema]>([])

    /// What is left of a migrated schema are its steps, and the one row that a step inserts.
    private static let emptying = """
        DO $$
        DECLARE
            name text;
        BEGIN
            FOR name IN
                SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'schema_step'
            LOOP
                EXECUTE format('DELETE FROM %I', name);
            END LOOP;
            INSERT INTO metadata_revision VALUES (1, 0);
            PERFORM setval(format('%I.%I', schemaname, sequencename), start_value, false)
            FROM pg_sequences WHERE schemaname = current_schema();
        END
        $$
        """

    /// Gives a schema that is as one that nobody has used, or is not migrated yet.
    static func take() throws -> TestSchema {
        try idle.withLock { $0.popLast() } ?? PrivatePostgres.hasty().schema()
    }

    static func giveBack(_ schema: TestSchema) throws {
        try empty(schema)
        idle.withLock { $0.append(schema) }
    }

    /// Makes a migrated schema as if nobody had used it.
    package static func empty(_ schema: TestSchema) throws {
        let connection = try schema.connect()
        defer { connection.close() }
        try connection.execute(emptying)
    }
}
