import PostgresClient
import SchedulerCore

/// Brings a database to the newest schema, or refuses one from the future.
enum Schema {
    /// Runs the missing steps in one transaction, in which no other node does the same.
    ///
    /// - Parameters:
    ///   - migrations: all steps this program knows, in order.
    ///   - schema: where the tables are; made if there is none.
    ///   - mayChange: whether missing steps are run; else they are an error.
    ///   - connection: looks names up in the schema.
    /// - Throws: `StoreFault` if the database has a step that is not among them, or cannot hold the schema;
    ///   `PostgresError`.
    static func prepare(
        _ migrations: [PostgresMigration],
        schema: String,
        mayChange: Bool,
        on connection: PostgresConnection
    ) throws {
        try checkServer(connection)
        try connection.transaction {
            var lock = PostgresParameters()
            lock.append("escapement.schema.\(schema)")
            try connection.run(.once("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"), lock)
            let applied = try appliedSteps(schema, on: connection)
            let known = Set(migrations.map(\.name))
            let unknown = Set(applied ?? []).subtracting(known).sorted()
            guard unknown.isEmpty else { throw newer(unknown) }
            let missing = migrations.filter { !(applied ?? []).contains($0.name) }
            guard !missing.isEmpty else { return }
            guard mayChange else { throw older(missing) }
            if applied == nil { try create(schema, on: connection) }
            for migration in missing {
                try connection.execute(migration.sql)
                var name = PostgresParameters()
                name.append(migration.name)
                try connection.run(.once("INSERT INTO schema_step (name) VALUES ($1)"), name)
            }
        }
    }

    /// The steps that the schema has; nil where there are no tables of ours.
    private static func appliedSteps(_ schema: String, on connection: PostgresConnection) throws -> [String]? {
        var parameters = PostgresParameters()
        parameters.append(schema)
        let exists = try connection.query(
            .once(
                """
                SELECT EXISTS (
                    SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                    WHERE n.nspname = $1 AND c.relname = 'schema_step'
                )
                """
            ),
            parameters
        ).firstRow { $0.flag() }
        guard exists == true else { return nil }
        return try connection.query(.once("SELECT name FROM schema_step ORDER BY name")).rows { $0.text() }
    }

    private static func create(_ schema: String, on connection: PostgresConnection) throws {
        var parameters = PostgresParameters()
        parameters.append(schema)
        let statement = PostgresStatement.once("SELECT to_regnamespace(quote_ident($1)) IS NULL, quote_ident($1)")
        let answer = try connection.query(statement, parameters).firstRow { (isMissing: $0.flag(), name: $0.text()) }
        if let answer, answer.isMissing { try connection.execute("CREATE SCHEMA \(answer.name)") }
        try connection.execute(
            """
            CREATE TABLE schema_step (
                name text PRIMARY KEY,
                applied timestamptz NOT NULL DEFAULT clock_timestamp()
            )
            """
        )
    }

    private static func checkServer(_ connection: PostgresConnection) throws(StoreFault) {
        guard connection.serverVersion >= PostgresStoreLimits.serverVersionMin else {
            throw StoreFault(
                "the server is of version \(connection.serverVersion / 10_000); "
                    + "at least \(PostgresStoreLimits.serverVersionMin / 10_000) is needed"
            )
        }
        guard connection.reported("server_encoding") == "UTF8" else {
            throw StoreFault("the database is not encoded in UTF8: make one with ENCODING 'UTF8'")
        }
    }

    private static func newer(_ steps: [String]) -> StoreFault {
        StoreFault(
            "the database has the schema step \(steps.joined(separator: ", ")), "
                + "which this program does not know: a newer one has written it; "
                + "start that one, or restore a backup from before"
        )
    }

    private static func older(_ steps: [PostgresMigration]) -> StoreFault {
        StoreFault(
            "the database lacks the schema step \(steps.map(\.name).joined(separator: ", ")), "
                + "and the configuration forbids to run it"
        )
    }
}
