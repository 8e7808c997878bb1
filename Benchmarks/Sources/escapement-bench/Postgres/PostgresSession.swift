import CLibPQ
import Foundation

/// A blocking connection to PostgreSQL; used by one thread at a time.
final class PostgresSession {
    private let connection: OpaquePointer

    init(_ uri: String) throws {
        guard let connection = PQconnectdb(uri) else { throw BenchmarkError("no memory for a connection") }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else { throw failure("connect") }
    }

    deinit { PQfinish(connection) }

    /// Runs statements without values; the first column of the last one's rows, as text.
    @discardableResult
    func execute(_ sql: String) throws -> [String] { try result(PQexec(connection, sql), sql) }

    func prepare(_ name: String, _ sql: String) throws {
        try result(PQprepare(connection, name, sql, 0, nil), sql)
    }

    /// Runs a prepared statement with values as text.
    @discardableResult
    func run(_ name: String, _ values: String...) throws -> [String] {
        let copies = values.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let pointers = copies.map { UnsafePointer($0) }
        return try result(
            PQexecPrepared(connection, name, Int32(values.count), pointers, nil, nil, 0),
            name
        )
    }

    /// The only number that a query gives.
    func number(_ sql: String) throws -> Double {
        guard let number = try execute(sql).first.flatMap({ Double($0) }) else { throw failure(sql) }
        return number
    }

    @discardableResult
    private func result(_ result: OpaquePointer?, _ what: String) throws -> [String] {
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else { throw failure(what) }
        return (0..<PQntuples(result)).map { String(cString: PQgetvalue(result, $0, 0)) }
    }

    private func failure(_ what: String) -> BenchmarkError {
        BenchmarkError("\(what.prefix(80)): \(String(cString: PQerrorMessage(connection)))")
    }
}
