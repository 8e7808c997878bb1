import GRDB
package import PostgresClient
package import SchedulerCore

/// Reads the tables, over connections of its own.
package struct TableWitness: StoreWitness {
    /// Carries out a query of two columns.
    private let pairs: @Sendable (String) throws -> [(String, String)]
    /// Carries out statements.
    private let execute: @Sendable (String) throws -> Void
    /// Tells all tables, each with an expression that makes a text of its row.
    private let tables: String
    /// Keeps an update from finding its row, and lets it find it again.
    private let loss: (begin: String, end: String)

    /// - Parameter path: of an SQLite store's file.
    init(path: String) {
        tables = """
            SELECT name, (
                SELECT group_concat('quote("' || c.name || '")', '||'',''||') FROM pragma_table_info(m.name) AS c
            ) FROM sqlite_schema AS m WHERE type = 'table'
            """
        pairs = { sql in
            var configuration = Configuration()
            configuration.readonly = true
            return try DatabaseQueue(path: path, configuration: configuration).read { database in
                try Row.fetchAll(database, sql: sql).map { ($0[0], $0[1]) }
            }
        }
        execute = { sql in try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) } }
        loss = (
            "CREATE TRIGGER loss BEFORE UPDATE ON request BEGIN SELECT RAISE(IGNORE); END",
            "DROP TRIGGER loss"
        )
    }

    /// - Parameter database: of a PostgreSQL store.
    package init(_ database: PostgresOptions) {
        tables = "SELECT tablename, 't::text' FROM pg_tables WHERE schemaname = current_schema()"
        pairs = { sql in
            let connection = try PostgresConnection(database)
            defer { connection.close() }
            return try connection.query(.once(sql)).rows { ($0.text(), $0.text()) }
        }
        execute = { sql in
            let connection = try PostgresConnection(database)
            defer { connection.close() }
            try connection.execute(sql)
        }
        loss = (
            """
            CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
            CREATE TRIGGER loss BEFORE UPDATE ON request_course FOR EACH ROW EXECUTE FUNCTION lose()
            """,
            "DROP FUNCTION lose() CASCADE"
        )
    }

    package func content() throws -> StoreContent {
        let queries = try pairs(tables).map { name, row in "SELECT '\(name)', \(row) FROM \(name) AS t" }
        let rows = try pairs(queries.joined(separator: " UNION ALL ") + " ORDER BY 1, 2")
        return StoreContent(tables: Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) })
    }

    package func auditTargets() throws -> [AuditTarget] {
        try pairs("SELECT target_kind, target_id FROM audit ORDER BY id").map { AuditTarget(kind: $0.0, id: $0.1) }
    }

    package func callKeys() throws -> [CallKey] {
        try pairs("SELECT caller, call_key FROM idempotent_call").map { CallKey(caller: $0.0, value: $0.1) }
    }

    package func loseIsolation(_ isLost: Bool) throws { try execute(isLost ? loss.begin : loss.end) }
}
