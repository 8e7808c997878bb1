import StorePostgres
import StoreSQLite
import Testing

/// A table that is forgotten would keep the rows of requests for ever.
@Suite("Tables of the purge")
struct PurgeTableTests {
    @Test("Rows of requests are removed from each table of SQLite that has any")
    func sqlite() {
        let removed = Set(PollQuery.purge.map(\.description).compactMap(Self.removal))
        #expect(Self.owned(Migration.all.map(\.sql)) == removed)
    }

    @Test("Rows of requests are removed from each table of PostgreSQL that has any")
    func postgres() {
        #expect(Self.owned(PostgresMigration.all.map(\.sql)) == Set(PostgresPollQuery.purgedTables))
    }

    private static func removal(_ description: String) -> String? {
        let prefix = "removal from "
        return description.hasPrefix(prefix) ? String(description.dropFirst(prefix.count)) : nil
    }

    /// Tables with a column for the number of a request, or named after requests.
    private static func owned(_ steps: [String]) -> Set<String> {
        var owned: Set<String> = []
        for table in steps.joined(separator: "\n").components(after: "CREATE TABLE ") {
            let name = String(table.prefix { $0 != " " })
            let columns = table.prefix { $0 != ";" }
            let belongs =
                name.hasPrefix("request") || columns.contains("request_id ")
                || columns.contains("REFERENCES request ")
            if belongs { owned.insert(name) }
        }
        return owned
    }
}

extension String {
    /// What stands behind each of the marks.
    fileprivate func components(after mark: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: mark) {
            rest = rest[range.upperBound...]
            found.append(rest)
        }
        return found
    }
}
