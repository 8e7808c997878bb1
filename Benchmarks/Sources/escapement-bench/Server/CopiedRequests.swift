import Foundation

/// Many requests, made of one that was submitted: those that ended long ago would have to run for hours, and would not
/// be old. Written into the database while no server has it; all else is measured through the API.
struct CopiedRequests {
    private static let ageMilliseconds: Int64 = 100 * 86_400_000
    private static let batch = 50_000

    /// The request of which they are copies.
    private let model: Int64
    /// Far above the numbers that the server gives meanwhile.
    let firstNumber: Int64
    let count: Int
    /// When the first copy was submitted; each other one a millisecond after the one before it.
    let oldestMilliseconds = Instant.wall() / 1_000_000 - ageMilliseconds
    /// Columns that hold instants of the past.
    private let instants: Set<String>
    /// SQL of further columns over the number `i` of the copy, from 0.
    private var varied: [String: String] = [:]

    /// Of the first request of the store, which has ended: requests that ended 100 days ago.
    static func finished(_ count: Int) -> CopiedRequests {
        CopiedRequests(
            model: 1,
            firstNumber: 100_000_000,
            count: count,
            instants: ["submission_time", "state_time", "scheduled_time", "completed_time"]
        )
    }

    /// Of the second request of the store, which waits for its time: requests that wait for it, too.
    static func waiting(_ count: Int) -> CopiedRequests {
        CopiedRequests(
            model: 2,
            firstNumber: 200_000_000,
            count: count,
            instants: ["submission_time", "state_time"]
        )
    }

    /// Like ``finished(_:)``, of many submitters and definitions, a few with a warning, in trees of ten.
    static func varied(_ count: Int) -> CopiedRequests {
        var copies = finished(count)
        let root = "\(copies.firstNumber) + i - i % \(treeSize)"
        copies.varied = [
            "submitter": "\(submitterKey) + i % \(submitters)",
            "definition": "\(definitionKey) + i % \(definitions)",
            "state": "CASE WHEN i % \(warningEvery) = 0 THEN \(warningState) ELSE t.state END",
            "parent_id": "CASE WHEN i % \(treeSize) = 0 THEN NULL ELSE \(root) END",
            "abs_parent_id": root,
            "instance_parent_id": root,
        ]
        return copies
    }

    static let submitters = 1000
    static let definitions = 200
    static let treeSize = 10
    private static let warningEvery = 500
    private static let warningState = 11
    /// Keys of texts, far above those that the store gives itself.
    private static let submitterKey = 1_000_000
    private static let definitionKey = 2_000_000

    static func submitter(_ number: Int) -> String { "caller\(number % submitters)" }
    static func definition(_ number: Int) -> String { "JobDefinition://bench/Job\(number % definitions)" }

    /// The texts of submitters and definitions.
    private static var labels: String {
        let texts =
            (0..<submitters).map { "(\(submitterKey + $0), '\(submitter($0))')" }
            + (0..<definitions).map { "(\(definitionKey + $0), '\(definition($0))')" }
        return texts.joined(separator: ", ")
    }

    /// Columns that differ, as SQL over the number `i` of the copy, from 0.
    private func column(_ name: String) -> String? {
        if let column = varied[name] { return column }
        return switch name {
        case "id", "request_id", "abs_parent_id", "instance_parent_id": "\(firstNumber) + i"
        case _ where instants.contains(name): "\(oldestMilliseconds) + i"
        default: nil
        }
    }

    static func fillSQLite(_ path: String, _ copies: [CopiedRequests]) throws {
        let database = try Database(path)
        try database.execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
        try database.execute("INSERT INTO label (key, text) VALUES \(labels)")
        for table in ["request", "request_detail", "history"] {
            let columns = try database.texts("SELECT name FROM pragma_table_info('\(table)')")
            for copy in copies {
                for start in stride(from: 0, to: copy.count, by: batch) {
                    let end = min(start + batch, copy.count)
                    let numbers =
                        "WITH RECURSIVE n (i) AS (SELECT \(start) UNION ALL SELECT i + 1 FROM n WHERE i < \(end - 1))"
                    try database.execute("\(numbers) \(copy.insert(into: table, columns, from: "n"))")
                }
            }
        }
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    static func fillPostgres(_ uri: String, _ copies: [CopiedRequests]) throws {
        let session = try PostgresSession(uri)
        try session.execute("SET search_path = escapement; SET synchronous_commit = off")
        try session.execute("INSERT INTO label (key, text) OVERRIDING SYSTEM VALUE VALUES \(labels)")
        for table in ["request_fact", "request_course", "request_detail", "history"] {
            let columns = try session.execute(
                """
                SELECT column_name FROM information_schema.columns
                WHERE table_schema = 'escapement' AND table_name = '\(table)' AND is_identity = 'NO'
                """
            )
            for copy in copies {
                let numbers = "generate_series(0, \(copy.count - 1)) AS n (i)"
                try session.execute(copy.insert(into: table, columns, from: numbers))
            }
        }
        try session.execute("VACUUM ANALYZE")
        try session.execute("CHECKPOINT")
    }

    /// Copies what belongs to the model.
    private func insert(into table: String, _ columns: [String], from numbers: String) -> String {
        let key = table == "history" ? "request_id" : "id"
        let values = columns.map { column($0) ?? "t.\($0)" }
        return """
            INSERT INTO \(table) (\(columns.joined(separator: ", "))) SELECT \(values.joined(separator: ", "))
            FROM \(numbers) CROSS JOIN \(table) AS t WHERE t.\(key) = \(model)
            """
    }
}
