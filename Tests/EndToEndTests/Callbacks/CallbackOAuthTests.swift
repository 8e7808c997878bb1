import Foundation
import PostgresClient
import PostgresTesting
import SchedulerAPI
import SchedulerCore
import Testing

/// DIRECT_OAUTH with a real token endpoint (REST §3.4), and what becomes of its secret (administration §5.5).
@Suite("OAuth tokens of callbacks", .serialized, .timeLimit(.minutes(3)))
struct CallbackOAuthTests {
    private static let client = "ledger:client"
    private static let secret = "hush-hush-2718281828"
    /// Both encoded as in a form, then joined (RFC 6749 §2.3.1).
    private static let credentials = Data("ledger%3Aclient:\(secret)".utf8).base64EncodedString()

    @Test(
        "One token does for all deliveries until it is refused, and the secret is shown nowhere",
        arguments: ServerHome.Store.allCases
    )
    func token(_ store: ServerHome.Store) async throws {
        let gate = CallbackReceiver.Gate()
        let endpoint = try CallbackReceiver(
            [.wait(gate, 200, body: Self.token("first"))],
            last: .answer(200, body: Self.token("second"))
        )
        let receiver = try CallbackReceiver()
        let home = try ServerHome(store)
        var server = try await home.start(CallbackDeliveryTests.quick, logLevel: "trace")
        let callback = receiver.subscription(
            more: ",\"securityScheme\":\"DIRECT_OAUTH\",\"accessTokenUri\":\"\(endpoint.url)/token\","
                + "\"clientId\":\"\(Self.client)\",\"clientSecret\":\"\(Self.secret)\""
        )
        // One waits for its time, to be told of by a server that only knows the secret from its store.
        let late = try await server.submit("NoOp", telling: callback, isLater: true)
        // Several ends are there to be told before there is a token.
        var ids: [Int64] = []
        for _ in 0..<3 { ids.append(try await server.submit("NoOp", telling: callback)) }
        for id in ids { _ = try await server.waitFor(id) { $0.state == .succeeded } }
        let asked = try await endpoint.next()
        #expect(asked.line == "POST /token" && asked.body == "grant_type=client_credentials")
        #expect(asked["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(asked["Authorization"] == "Basic \(Self.credentials)")
        #expect(receiver.count == 0)
        gate.open()
        let calls = try await receiver.next(3)
        #expect(Set(calls.map { $0["Authorization"] }) == ["Bearer first"])
        #expect(Set(calls.compactMap { $0["Idempotency-Key"] }).count == 3)
        #expect(endpoint.count == 1, "those that need a token at the same time fetch it once")

        // A token that is refused is given up, and the next one kept.
        receiver.behave([.answer(401)])
        ids.append(try await server.submit("NoOp", telling: callback))
        #expect(try await receiver.next(2).map { $0["Authorization"] } == ["Bearer first", "Bearer second"])
        ids.append(try await server.submit("NoOp", telling: callback))
        #expect(try await receiver.next()["Authorization"] == "Bearer second")
        #expect(endpoint.count == 2)

        var shown: [String] = []
        for id in ids + [late] {
            shown.append(try await server.details(of: id))
            shown.append(try await server.call("GET", "/api/v1/requests/\(id)/deliveries").body)
        }
        let log = home.folder.text("server.log")
        #expect(log.contains("401"), "the log tells of the refusal")
        #expect(!(shown + [log]).contains { $0.contains(Self.secret) || $0.contains("Bearer") })
        #expect(try Self.isStored(Self.client, home), "the subscription is found in the store")
        #expect(try !Self.isStored(Self.secret, home), "its secret is not")
        await server.kill()
        server = try await home.start(CallbackDeliveryTests.quick)
        #expect(try await server.call("POST", "\(ServerProcess.requests)/\(late)/cancel").status == 200)
        #expect(try await receiver.next()["Authorization"] == "Bearer second")
        #expect(endpoint.count == 3, "a token lives no longer than its server")
        #expect(await server.stop() == 0)
    }

    @Test("Without a token nobody is called, and the delivery says why", arguments: ServerHome.Store.allCases)
    func refused(_ store: ServerHome.Store) async throws {
        let endpoint = try CallbackReceiver([
            .answer(400, body: "{\"error\":\"invalid_client\"}"), .answer(200, body: "{}"),
        ])
        let receiver = try CallbackReceiver()
        let home = try ServerHome(store)
        let server = try await home.start(["--callback-horizon", "1s"] + CallbackDeliveryTests.quick)
        let callback = receiver.subscription(
            more: ",\"securityScheme\":\"DIRECT_OAUTH\",\"accessTokenUri\":\"\(endpoint.url)/token\","
                + "\"clientId\":\"\(Self.client)\",\"clientSecret\":\"\(Self.secret)\""
        )
        let id = try await server.submit("NoOp", telling: callback)
        let dead = try await server.deliveries(of: id) { $0.status == .expired }
        #expect(dead.first?.lastStatus == nil)
        #expect(dead.first?.lastError == "No token: \(endpoint.url) answered with HTTP status 200.")
        #expect(receiver.count == 0 && endpoint.count == dead.first?.tries)
        // The scheme of a local policy is taken and stored; its token comes from the server's endpoint, which has none.
        let local = receiver.subscription(more: ",\"securityScheme\":\"OWSM_LPA\",\"ouath2ClientCsfKey\":\"ledger\"")
        let other = try await server.submit("NoOp", telling: local)
        let unset = try await server.deliveries(of: other) { $0.status == .expired }
        #expect(unset.first?.lastError == "callback.oauth.tokenUrl is not set.")
        #expect(receiver.count == 0)
        #expect(await server.stop() == 0)
    }

    @Test(
        "OWSM_GPA goes with a token of the server, OWSM_LPA with one of the subscription, of one endpoint",
        arguments: ServerHome.Store.allCases
    )
    func policies(_ store: ServerHome.Store) async throws {
        let endpoint = try CallbackReceiver([
            .answer(200, body: Self.token("ours")), .answer(200, body: Self.token("theirs")),
        ])
        let receiver = try CallbackReceiver()
        let home = try ServerHome(store)
        try home.writeSecret(Data("server-secret\n".utf8), "oauth.secret")
        let server = try await home.start([
            "--callback-oauth-token-url", "\(endpoint.url)/token", "--callback-oauth-client-id", "server",
            "--callback-oauth-client-secret-file", home.folder.path("oauth.secret"),
        ])
        _ = try await server.submit("NoOp", telling: receiver.subscription())
        #expect(try await receiver.next()["Authorization"] == "Bearer ours")
        let own = ",\"clientId\":\"me\",\"clientSecret\":\"mine\""
        let local = receiver.subscription(more: ",\"securityScheme\":\"OWSM_LPA\"\(own)")
        _ = try await server.submit("NoOp", telling: local)
        #expect(try await receiver.next()["Authorization"] == "Bearer theirs")
        let clients = try await endpoint.next(2).compactMap { $0["Authorization"]?.dropFirst("Basic ".count) }
        let texts = clients.compactMap { Data(base64Encoded: String($0)) }.map { String(decoding: $0, as: UTF8.self) }
        #expect(texts == ["server:server-secret", "me:mine"])
        #expect(await server.stop() == 0)
    }

    @Test(
        "OWSM_LPA by ouath2ClientCsfKey goes as the client of a stored secret that serves its definition",
        arguments: ServerHome.Store.allCases
    )
    func credentialKey(_ store: ServerHome.Store) async throws {
        let endpoint = try CallbackReceiver(last: .answer(200, body: Self.token("theirs")))
        let receiver = try CallbackReceiver()
        let home = try ServerHome(store)
        try home.writeSecret(Data("server-secret\n".utf8), "oauth.secret")
        let server = try await home.start(
            [
                "--callback-oauth-token-url", "\(endpoint.url)/token", "--callback-oauth-client-id", "server",
                "--callback-oauth-client-secret-file", home.folder.path("oauth.secret"),
            ] + CallbackDeliveryTests.quick,
            logLevel: "trace"
        )
        let callback = receiver.subscription(more: ",\"securityScheme\":\"OWSM_LPA\",\"ouath2ClientCsfKey\":\"ledger\"")
        let id = try await server.submit("NoOp", telling: callback)
        // There is no such secret yet, then none for this definition: it waits, and says so.
        let missing = "There is no secret ledger for requests of this definition."
        _ = try await server.deliveries(of: id) { $0.lastError == missing }
        let value = SecretText("ledger:\(Self.secret)")
        let elsewhere = try #require(ResourcePattern("other.*"))
        _ = try await server.send(.putSecret("ledger", SecretBody(value: value, definitions: [elsewhere])))
        let tries = try #require(try await server.deliveries(of: id).first?.tries)
        _ = try await server.deliveries(of: id) { $0.lastError == missing && $0.tries > tries + 1 }
        #expect(receiver.count == 0 && endpoint.count == 0)
        let shown = [try await server.details(of: id), "\(try await server.deliveries(of: id))"]
        // What became of the request meanwhile is nothing to its callback.
        #expect(try await server.call("DELETE", "\(ServerProcess.requests)/\(id)").status == 204)
        let own = try #require(ResourcePattern("test.*"))
        let stored = try await server.send(.putSecret("ledger", SecretBody(value: value, definitions: [own])))
        #expect(stored.definitions == ["test.*"])
        #expect(try await receiver.next()["Authorization"] == "Bearer theirs")
        let client = Data("ledger:\(Self.secret)".utf8).base64EncodedString()
        #expect(try await endpoint.next()["Authorization"] == "Basic \(client)")
        #expect(!(shown + [home.folder.text("server.log")]).contains { $0.contains(Self.secret) })
        #expect(try !Self.isStored(Self.secret, home))
        #expect(await server.stop() == 0)
    }

    @Test("The key of the store is made in the data directory, for nobody else to read")
    func keyFile() async throws {
        let home = try ServerHome(.sqlite)
        let server = try await home.start()
        let attributes = try FileManager.default.attributesOfItem(atPath: home.folder.path("data/secret.key"))
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect((attributes[.size] as? NSNumber)?.intValue == 32)
        #expect(await server.stop() == 0)
        chmod(home.folder.path("data/secret.key"), 0o640)
        let refusal = await #expect(throws: ServerEnded.self) { try await home.start() }
        #expect(refusal?.text.contains("chmod 600") == true)
    }

    // MARK: - Steps

    private static func token(_ value: String) -> String {
        "{\"access_token\":\"\(value)\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
    }

    /// Whether a text is found in what the store has on disk.
    private static func isStored(_ text: String, _ home: ServerHome) throws -> Bool {
        if let schema = home.schema {
            var parameters = PostgresParameters()
            parameters.append(text)
            let found = try schema.connect().query(
                """
                SELECT (SELECT count(*) FROM request_detail WHERE position(convert_to($1, 'UTF8') IN callback) > 0)
                    + (SELECT count(*) FROM secret WHERE position($1 IN sealed_value) > 0)
                """,
                parameters
            )
            return try (found.firstRow { $0.integer() } ?? 0) > 0
        }
        return try ["data/escapement.db", "data/escapement.db-wal"].contains { name in
            try Data(contentsOf: URL(filePath: home.folder.path(name))).range(of: Data(text.utf8)) != nil
        }
    }
}
