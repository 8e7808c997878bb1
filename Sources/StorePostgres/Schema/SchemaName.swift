import PostgresClient
import SchedulerCore

/// The schema that a store's tables lie in.
enum SchemaName {
    static let standard = "escapement"

    /// The one that the options name, or their URI as `search_path`; else the standard one. What role and database
    /// have for a search path is for others.
    ///
    /// - Throws: `StoreFault` if it can be none, `PostgresError`.
    static func find(_ database: PostgresOptions) throws -> String {
        let name = try database.schema ?? clientPath(database).map(single) ?? standard
        guard !name.isEmpty, name.utf8.count <= PostgresStoreLimits.schemaNameBytesMax else {
            throw StoreFault("the schema's name must have 1 to \(PostgresStoreLimits.schemaNameBytesMax) bytes")
        }
        return name
    }

    private static func clientPath(_ database: PostgresOptions) throws -> String? {
        let connection = try PostgresConnection(database)
        defer { connection.close() }
        return try connection.query(
            .once("SELECT setting FROM pg_settings WHERE name = 'search_path' AND source = 'client'")
        ).firstRow { $0.text() }
    }

    /// The only name of a search path: bare, then without regard to case, or quoted.
    static func single(_ path: String) throws(StoreFault) -> String {
        let text = path.drop { $0 == " " }
        guard text.first == "\"", text.last == "\"", text.count >= 2 else {
            guard !text.contains(where: { $0 == "," || $0 == "\"" }) else { throw several }
            return text.lowercased()
        }
        var name = ""
        var rest = text.dropFirst().dropLast()
        while let character = rest.popFirst() {
            // Inside of quotes one stands for itself only where it is doubled.
            if character == "\"", rest.popFirst() != "\"" { throw several }
            name.append(character)
        }
        return name
    }

    private static let several = StoreFault("the search_path of the URI must be the name of one schema")
}
