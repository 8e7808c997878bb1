import Foundation
import PostgresClient
import PostgresTesting
import Testing

/// How connections begin, are set up, are cancelled and end.
@Suite struct ConnectionTests {
    private let server: PrivatePostgres

    init() throws { server = try PrivatePostgres.shared() }

    private var password: String {
        URLComponents(string: server.uri)?.password ?? ""
    }

    private func uri(password: String?) throws -> String {
        var parts = try #require(URLComponents(string: server.uri))
        parts.password = password
        return try #require(parts.string)
    }

    @Test("A session is durable, in UTF-8, and set up as asked, whatever the URI says")
    func settings() throws {
        let schema = try server.schema("Odd")
        var options = PostgresOptions(uri: server.uri + "?options=-csynchronous_commit%3Doff&client_encoding=LATIN1")
        options.applicationName = "node-1"
        options.statementTimeout = .milliseconds(12_345)
        options.schema = schema.name.lowercased()
        options.settings = ["lock_timeout": "7s"]
        let connection = try PostgresConnection(options)
        let sql: PostgresStatement = "SELECT current_setting(unnest($1))"
        let names = ["synchronous_commit", "client_encoding", "application_name", "statement_timeout", "lock_timeout"]
        let values = try connection.query(sql, parameters { $0.append(array: names) }).rows { $0.text() }
        #expect(values == ["on", "UTF8", "node-1", "12345ms", "7s"])
        let current = try connection.query("SELECT current_schema()").firstRow { $0.text() }
        #expect(current == schema.name.lowercased())
        #expect(connection.serverVersion >= 150_000)
        #expect(connection.reported("server_encoding") == "UTF8")
    }

    @Test("A commit that waits for standbys to apply it is not weakened")
    func strongerCommit() throws {
        let options = PostgresOptions(uri: server.uri + "?options=-csynchronous_commit%3Dremote_apply")
        let value = try PostgresConnection(options).query("SHOW synchronous_commit").firstRow { $0.text() }
        #expect(value == "remote_apply")
    }

    @Test("The URI's application name wins over ours")
    func applicationName() throws {
        let connection = try PostgresConnection(PostgresOptions(uri: server.uri + "?application_name=mine"))
        #expect(try connection.query("SHOW application_name").firstRow { $0.text() } == "mine")
    }

    @Test("The password may lie in a file, of which the first line counts")
    func passwordFile() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: file) }
        var options = PostgresOptions(uri: try uri(password: "wrong"))
        options.passwordFile = file
        #expect(postgresError { _ = try PostgresConnection(options) }?.message.contains("No such file") == true)
        for text in [password, "\(password)\n", "\(password)\r\nsecond line\n"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            #expect(try PostgresConnection(options).isUsable)
        }
        for text in ["", "\n\(password)", String(repeating: "x", count: PostgresLimits.passwordFileBytesMax + 1)] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            #expect(postgresError { _ = try PostgresConnection(options) }?.cause == .notConnected)
        }
    }

    @Test("A wrong password is told as such and not repeated")
    func wrongPassword() throws {
        let options = PostgresOptions(uri: try uri(password: "swordfish"))
        let error = try #require(postgresError { _ = try PostgresConnection(options) })
        #expect(error.cause == .notConnected)
        #expect(error.kind == .unavailable)
        #expect(error.message.contains("password authentication failed"))
        #expect(!"\(error) \(error.message) \(options)".contains("swordfish"))
        var dumped = ""
        dump(options, to: &dumped)
        #expect(!dumped.contains("swordfish"))
    }

    @Test(
        "A URI that cannot be read is refused without being repeated",
        arguments: [
            "postgres://user:swordfish@[::1/db", "postgres://user:swordfish@host/db?swordfish",
            "postgres://user:sword%ZZfish@host/db", "postgres://user:p@swordfish@127.0.0.1/db", "password='swordfish",
            "postgres://user:sword/fish@127.0.0.1/db", "postgres://user:sword:fish@127.0.0.1/db", "swordfish",
        ]
    )
    func badURI(uri: String) throws {
        let error = try #require(postgresError { _ = try PostgresConnection(PostgresOptions(uri: uri)) })
        #expect(error.cause == .notConnected)
        #expect(!"\(error) \(error.message)".contains("fish"))
    }

    @Test("A server that is not there is told with its address")
    func nobodyThere() throws {
        let error = try #require(
            postgresError { _ = try PostgresConnection(PostgresOptions(uri: "postgres://127.0.0.1:1/x")) }
        )
        #expect(error.cause == .notConnected)
        #expect("\(error)".contains("127.0.0.1"))
    }

    @Test("A statement that runs too long is ended by the server")
    func statementTimeout() throws {
        var options = server.options
        options.statementTimeout = .milliseconds(50)
        let connection = try PostgresConnection(options)
        let error = try #require(postgresError { try connection.execute("SELECT pg_sleep(60)") })
        #expect(error.isCancelled && error.sqlState == .queryCancelled)
        #expect(error.kind == .unavailable)
        #expect(try connection.integer("SELECT 1") == 1)
    }

    @Test("A statement is cancelled from another thread")
    func cancel() async throws {
        let server = server
        let (started, signal) = AsyncStream.makeStream(of: (Int32, PostgresCancellation).self)
        async let outcome = onThread { () -> (PostgresError?, Int64?) in
            defer { signal.finish() }
            let connection = try PostgresConnection(server.options)
            signal.yield((connection.backendID, connection.cancellation))
            let error = postgresError { try connection.execute("SELECT pg_sleep(61)") }
            return (error, try connection.integer("SELECT 2"))
        }
        var iterator = started.makeAsyncIterator()
        let (backend, cancellation) = try #require(await iterator.next())
        try PostgresConnection(server.options).waitUntilRunning(backend, "pg_sleep(61)")
        try cancellation.cancel()
        let (error, next) = try await outcome
        #expect(error?.isCancelled == true)
        #expect(next == 2)
    }

    @Test("A cancellation that outlives its connection does nothing")
    func lateCancel() throws {
        let cancellation = try PostgresConnection(server.options).cancellation
        try cancellation.cancel()
    }

    @Test("A lost connection is recognised by the call that meets it and by every later one")
    func lostInUse() throws {
        let connection = try PostgresConnection(server.options)
        try PostgresConnection(server.options).terminate(connection.backendID)
        let error = try #require(postgresError { _ = try connection.query("SELECT 1") })
        #expect(error.isConnectionLost)
        #expect(error.kind == .unavailable)
        #expect(!connection.isUsable)
        #expect(connection.transactionStatus == .unknown)
        #expect(postgresError { _ = try connection.query("SELECT 1") }?.isConnectionLost == true)
        connection.close()
        #expect(postgresError { _ = try connection.query("SELECT 1") }?.cause == .closed)
    }

    @Test("A lost connection is recognised before the next call, and the next use makes a new one")
    func reconnecting() throws {
        let reconnecting = ReconnectingConnection(server.options)
        let first = try reconnecting.use()
        #expect(try reconnecting.use() === first)
        let backend = first.backendID
        try PostgresConnection(server.options).terminate(backend)
        let second = try reconnecting.use()
        #expect(second.backendID != backend)
        #expect(try second.integer("SELECT 3") == 3)
        #expect(reconnecting.pause == .zero)
    }

    @Test("After a failed attempt to connect the next waits; until then the failure is told again at once")
    func pausing() throws {
        let policy = ReconnectionPolicy(first: .seconds(3600), longest: .seconds(3600))
        let reconnecting = ReconnectingConnection(PostgresOptions(uri: "postgres://127.0.0.1:1/x"), policy: policy)
        let error = try #require(postgresError { _ = try reconnecting.use() })
        #expect(reconnecting.pause > .seconds(1000))
        #expect(postgresError { _ = try reconnecting.use() } == error)
    }
}
