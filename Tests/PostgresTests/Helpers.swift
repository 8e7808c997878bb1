import Dispatch
import PostgresClient
import PostgresTesting
import Testing

/// The error that `body` throws, if it is one of PostgreSQL's.
func postgresError(_ body: () throws -> Void) -> PostgresError? {
    do { try body() } catch { return error as? PostgresError }
    return nil
}

func postgresError(_ body: () async throws -> Void) async -> PostgresError? {
    do { try await body() } catch { return error as? PostgresError }
    return nil
}

/// Parameters in one expression.
func parameters(_ fill: (inout PostgresParameters) -> Void) -> PostgresParameters {
    var parameters = PostgresParameters()
    fill(&parameters)
    return parameters
}

/// Runs blocking work on a thread of its own.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
}

extension PostgresConnection {
    func integer(_ sql: String, _ parameters: PostgresParameters = PostgresParameters()) throws -> Int64? {
        try query(.once(sql), parameters).firstRow { $0.integer() }
    }

    /// Ends another session and returns when it is gone.
    func terminate(_ backend: Int32) throws {
        let arguments = parameters { $0.append(backend) }
        let isGone = try query("SELECT pg_terminate_backend($1, 10000)", arguments).firstRow { $0.flag() }
        try #require(isGone == true)
    }

    /// Returns when another session runs a statement that holds this text.
    func waitUntilRunning(_ backend: Int32, _ text: String) throws {
        let arguments = parameters {
            $0.append(backend)
            $0.append(text)
        }
        let sql: PostgresStatement = """
            SELECT count(*) FROM pg_stat_activity
            WHERE pid = $1 AND state = 'active' AND wait_event IS NOT NULL AND strpos(query, $2) > 0
            """
        while try query(sql, arguments).firstRow({ $0.integer() }) == 0 {}
    }
}
