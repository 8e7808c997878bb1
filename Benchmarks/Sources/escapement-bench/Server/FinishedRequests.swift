import Foundation

/// Many requests that ended long ago, made of one that ran: to let so many run would take hours, and they would not be
/// old. Written into the database while no server has it; all else is measured through the API.
enum FinishedRequests {
    /// Far above the numbers that the server gives meanwhile.
    static let firstNumber: Int64 = 100_000_000
    private static let ageMilliseconds: Int64 = 100 * 86_400_000
    private static let batch = 50_000

    /// Columns that differ, as SQL over the number `i` of the copy, from 0.
    private static func column(_ name: String, oldest: Int64) -> String? {
        switch name {
        case "id", "request_id", "abs_parent_id", "instance_parent_id": "\(firstNumber) + i"
        case "submission_time", "state_time", "scheduled_time", "completed_time": "\(oldest) + i"
        default: nil
        }
    }

    static func fillSQLite(_ path: String, count: Int) throws {
        let database = try Database(path)
        try database.execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
        for table in ["request", "request_detail", "history"] {
            let columns = try database.texts("SELECT name FROM pragma_table_info('\(table)')")
            for start in stride(from: 0, to: count, by: batch) {
                let end = min(start + batch, count)
                let numbers =
                    "WITH RECURSIVE n (i) AS (SELECT \(start) UNION ALL SELECT i + 1 FROM n WHERE i < \(end - 1))"
                try database.execute("\(numbers) \(insert(into: table, columns, from: "n"))")
            }
        }
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    static func fillPostgres(_ uri: String, count: Int) throws {
        let session = try PostgresSession(uri)
        try session.execute("SET search_path = escapement; SET synchronous_commit = off")
        for table in ["request_fact", "request_course", "request_detail", "history"] {
            let columns = try session.execute(
                """
                SELECT column_name FROM information_schema.columns
                WHERE table_schema = 'escapement' AND table_name = '\(table)' AND is_identity = 'NO'
                """
            )
            try session.execute(insert(into: table, columns, from: "generate_series(0, \(count - 1)) AS n (i)"))
        }
        try session.execute("VACUUM ANALYZE")
        try session.execute("CHECKPOINT")
    }

    /// Copies what belongs to the first request.
    private static func insert(into table: String, _ columns: [String], from numbers: String) -> String {
        let oldest = Instant.wall() / 1_000_000 - ageMilliseconds
        let key = table == "history" ? "request_id" : "id"
        let values = columns.map { column($0, oldest: oldest) ?? "t.\($0)" }
        return """
            INSERT INTO \(table) (\(columns.joined(separator: ", "))) SELECT \(values.joined(separator: ", "))
            FROM \(numbers) CROSS JOIN \(table) AS t WHERE t.\(key) = 1
            """
    }
}
