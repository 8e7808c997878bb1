import FoundationEssentials
import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Who may sign in", .ownStores)
struct AuthenticationTests {
    private func attempt(
        _ server: TestServer,
        _ header: String,
        address: String = "192.0.2.9"
    ) async throws -> Reply {
        try await server.call(.get, "requests", as: nil, [.authorization: header], address: address)
    }

    @Test("Bad headers are 401, never more")
    func badHeaders() async throws {
        let server = try await TestServer()
        let noColon = "Basic " + Data("anna".utf8).base64EncodedString()
        let notText = "Basic " + Data([0xFF, 0x3A, 0x61]).base64EncodedString()
        let nul = "Basic " + Data("anna:open sesame\0".utf8).base64EncodedString()
        for header in [
            "", "Basic", "Basic ", "Basic ???", noColon, notText, nul, "Bearer abc", "Digest x",
            "Basic " + String(repeating: "QQ", count: 4000),
        ] {
            let reply = try await attempt(server, header)
            reply.expectError(401, "ESS-02001")
            #expect(reply.fields[.wwwAuthenticate] == #"Basic realm="escapement", Bearer"#)
        }
        let lower = TestCatalogue.authorization("anna").replacing("Basic", with: "basic")
        try await attempt(server, lower).expect(200)
    }

    @Test("Unknown and disabled users and wrong passwords look alike")
    func refused() async throws {
        let server = try await TestServer()
        let texts = try await [
            attempt(server, TestCatalogue.authorization("nobody")),
            attempt(server, TestCatalogue.authorization("gone")),
            attempt(server, TestCatalogue.authorization("anna", password: "x")),
            attempt(server, TestCatalogue.authorization("anna", password: "")),
        ].map { reply in
            reply.expectError(401, "ESS-02001")
            return reply.text
        }
        #expect(Set(texts).count == 1)
    }

    @Test("Five failures, then pauses that double up to 15 minutes, for this user and address alone")
    func failures() async throws {
        let server = try await TestServer()
        let wrong = TestCatalogue.authorization("anna", password: "x")
        let right = TestCatalogue.authorization("anna")
        for _ in 0..<5 { try await attempt(server, wrong).expectError(401, "ESS-02001") }
        var pause: Int64 = 60
        for _ in 0..<6 {
            let refused = try await attempt(server, right)
            refused.expectError(429, "ESS-05025")
            #expect(refused.fields[.retryAfter] == String(pause))
            try await attempt(server, right, address: "192.0.2.10").expect(200)
            try await attempt(server, TestCatalogue.authorization("bert")).expect(200)
            server.time.advance(by: .milliseconds(pause * 1000 - 1))
            try await attempt(server, right).expectError(429, "ESS-05025")
            server.time.advance(by: .milliseconds(1))
            try await attempt(server, wrong).expectError(401, "ESS-02001")
            pause = min(pause * 2, 900)
        }
        server.time.advance(by: .seconds(900))
        try await attempt(server, right).expect(200)
        for _ in 0..<5 { try await attempt(server, wrong).expectError(401, "ESS-02001") }
        try await attempt(server, wrong).expectError(429, "ESS-05025")
    }

    @Test("Failures of more than a minute ago do not count")
    func window() async throws {
        let server = try await TestServer()
        let wrong = TestCatalogue.authorization("anna", password: "x")
        for _ in 0..<4 {
            for _ in 0..<4 { try await attempt(server, wrong).expectError(401, "ESS-02001") }
            server.time.advance(by: .seconds(60))
        }
    }

    @Test("Guesses at the same time count together")
    func parallelGuesses() async throws {
        let server = try await TestServer()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<20 {
                let header = TestCatalogue.authorization("anna", password: "guess \(number)")
                group.addTask { try await attempt(server, header).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 401 }.count <= 5)
        #expect(statuses.allSatisfy { $0 == 401 || $0 == 429 })
    }

    @Test("A success is remembered, but not beyond the user's document")
    func remembered() async throws {
        let server = try await TestServer()
        let header = TestCatalogue.authorization("anna")
        try await attempt(server, header).expect(200)
        var user = TestCatalogue.user("anna")
        user.isEnabled = false
        server.catalogue.current = TestCatalogue.catalogue(TestCatalogue.contents + [.user(user)])
        try await attempt(server, header).expectError(401, "ESS-02001")
        server.catalogue.current = TestCatalogue.catalogue
        try await attempt(server, header).expect(200)
        user = TestCatalogue.user("anna")
        user.passwordHash = PasswordHashText(
            "$pbkdf2-sha256$i=10000$MDEyMzQ1Njc4OWFiY2RlZg$AAAAzPdik5F+m1JYkXkqwnEmFt/dm1VokeoVyG9DVvs"
        )
        server.catalogue.current = TestCatalogue.catalogue(TestCatalogue.contents + [.user(user)])
        try await attempt(server, header).expectError(401, "ESS-02001")
        user.passwordHash = nil
        server.catalogue.current = TestCatalogue.catalogue(TestCatalogue.contents + [.user(user)])
        try await attempt(server, header).expectError(401, "ESS-02001")
    }

    @Test("Callers that arrive together with one password all get in")
    func together() async throws {
        let server = try await TestServer()
        let header = TestCatalogue.authorization("anna")
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 { group.addTask { try await attempt(server, header).status } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(statuses == [200])
    }

    @Test("No password, hash or handle gets into a log")
    func logs() async throws {
        let server = try await TestServer()
        try await attempt(server, TestCatalogue.authorization("anna")).expect(200)
        try await attempt(server, TestCatalogue.authorization("anna", password: "nearly right")).expect(401)
        let id = try await server.request(in: .running)
        let handle = try await server.handle(id)
        try await server.report("SUCCESS", id, handle: handle).expect(200)
        try await server.report("ERROR", id, handle: handle).expect(400)
        let text = server.logs.lines.joined(separator: "\n")
        #expect(text.contains("Call answered"))
        for secret in [
            TestCatalogue.password, "nearly right", TestCatalogue.hash, handle, TestCatalogue.authorization("anna"),
            String(TestCatalogue.authorization("anna").dropFirst(6)),
        ] {
            #expect(!text.contains(secret))
        }
    }
}
