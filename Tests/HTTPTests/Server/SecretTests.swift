import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Named secrets (administration §5.5)", .ownStores)
struct SecretTests {
    private static let list = "/api/v1/secrets"
    private static let one = "\(list)/ledger-token"
    private static let canary = "canary-4711"

    private let server: TestServer

    init() async throws { server = try await TestServer() }

    private func put(
        _ definitions: String = #""acme.gl.*""#,
        _ value: String = canary,
        as user: String? = "adam"
    ) async throws -> Reply {
        let body = #"{"value":"\#(value)","definitions":[\#(definitions)]}"#
        return try await server.call(.put, Self.one, as: user, body: body)
    }

    @Test("A secret is created, replaced, listed and deleted; each is in the audit trail")
    func life() async throws {
        let created = try await put(#""acme.gl.*","JobDefinition://acme/Sync""#)
        created.expect(201)
        let text =
            #"{"definitions":["acme.gl.*","JobDefinition://acme/Sync"],"name":"ledger-token","updatedBy":"adam","#
            + #""updatedTime":"2030-03-17T17:46:40.000Z"}"#
        #expect(created.text == text)
        #expect(try await server.call(.get, Self.one, as: "adam").text == text)
        #expect(try await server.call(.get, Self.list, as: "adam").text == #"{"count":1,"items":[\#(text)]}"#)
        let replaced = try await put("")
        replaced.expect(200)
        #expect(replaced.text.contains(#""definitions":[]"#))
        try await server.call(.delete, Self.one, as: "adam").expect(204)
        try await server.call(.delete, Self.one, as: "adam").expectError(404, "ESS-30001")
        try await server.call(.get, Self.one, as: "adam").expectError(404, "ESS-30001")
        let trail = try await server.store.auditTrail(targetKind: "Secret", targetID: "ledger-token")
        #expect(trail.map(\.entry.action) == ["create", "update", "delete"])
        #expect(trail.allSatisfy { $0.outcome == .ok && $0.entry.principal == "adam" })
    }

    @Test("A38 a secret is in no answer, log line, audit record or stored byte")
    func canary() async throws {
        var replies = [try await put(), try await put()]
        replies.append(try await server.call(.get, Self.one, as: "adam"))
        replies.append(try await server.call(.get, Self.list, as: "adam"))
        replies.append(try await server.call(.put, Self.one, as: "adam", body: #"{"value":"\#(Self.canary)"}"#))
        replies.append(try await put("7"))
        replies.append(try await put(#""a b""#))
        let longest = String(repeating: Self.canary, count: NamedSecret.valueBytesMax / Self.canary.utf8.count + 1)
        replies.append(try await put("", longest))
        #expect(replies.map(\.status) == [201, 200, 200, 200, 400, 400, 400, 400])
        let stored = try #require(try await server.store.secret("ledger-token"))
        let content = "\(try server.storedContent())"
        #expect(content.contains("ledger-token"), "the whole store is looked at")
        let said = replies.map(\.text) + server.logs.lines + ["\(try await server.audit())", content]
        #expect(!said.contains { $0.contains(Self.canary) })
        #expect(stored.secret.sealedValue.utf8.count > Self.canary.utf8.count)
    }

    @Test("It opens under its own name, for requests of the definitions that it serves")
    func value() async throws {
        try await put(#""acme.gl.*""#).expect(201)
        let secrets = server.services.secrets
        func value(_ id: String, _ name: String = "ledger-token") async throws -> String? {
            try await secrets.value(of: name, for: MetadataObjectID(parsing: id, default: .jobDefinition))
        }
        #expect(try await value("JobDefinition://acme/gl/Post") == Self.canary)
        #expect(try await value("JobSet://acme/gl/eu/Close") == Self.canary)
        #expect(try await value("JobDefinition://acme/Sync") == nil)
        #expect(try await value("JobDefinition://acme/gl/Post", "other") == nil)
        // Somebody who can write into the store gives it another name.
        let stored = try #require(try await server.store.secret("ledger-token")).secret
        let moved = NamedSecret(name: "mine", sealedValue: stored.sealedValue, definitions: stored.definitions)
        _ = try await server.store.putSecret(moved, audit: .system("test"))
        await #expect(throws: (any Error).self) { try await value("JobDefinition://acme/gl/Post", "mine") }
        // Or lets it serve more.
        let widened = NamedSecret(name: "ledger-token", sealedValue: stored.sealedValue, definitions: [.all])
        _ = try await server.store.putSecret(widened, audit: .system("test"))
        await #expect(throws: (any Error).self) { try await value("JobDefinition://acme/Sync") }
    }

    @Test("Whoever lacks ESCAPEMENT_SECURITY is refused, before his body is looked at; denied writes are recorded")
    func rights() async throws {
        for user in ["anna", "olga", "essa", "wera"] {
            try await server.call(.put, Self.one, as: user, body: "{}").expectError(403, "ESS-31002")
            for method in [HTTPRequest.Method.get, .delete] {
                try await server.call(method, Self.one, as: user).expectError(403, "ESS-31002")
            }
            try await server.call(.get, Self.list, as: user).expectError(403, "ESS-31002")
        }
        try await put(as: nil).expectError(401, "ESS-02001")
        try await server.call(.put, "\(Self.list)/a%7Db", as: "anna", body: "{}").expectError(400, "ESS-05005")
        #expect(try await server.store.secrets().isEmpty)
        let trail = try await server.store.auditTrail(targetKind: "Secret", targetID: "ledger-token")
        #expect(trail.count == 8 && trail.allSatisfy { $0.outcome == .denied && $0.errorCode == 31002 })
    }

    @Test("Bad bodies, names and methods get their codes, and set nothing")
    func badCalls() async throws {
        let many = Array(repeating: #""*""#, count: NamedSecret.definitionsMax + 1).joined(separator: ",")
        let cases: [(String, String)] = [
            ("[]", "ESS-05002"), (#"{"value":7,"definitions":[]}"#, "ESS-05002"), ("{}", "ESS-05003"),
            (#"{"value":"x"}"#, "ESS-05003"), (#"{"value":"","definitions":[]}"#, "ESS-05005"),
            (#"{"value":"x","definitions":"*"}"#, "ESS-05002"), (#"{"value":"x","definitions":[7]}"#, "ESS-05002"),
            (#"{"value":"x","definitions":["a b"]}"#, "ESS-05004"),
            (#"{"value":"x","definitions":["\#(String(repeating: "a.", count: 256))*"]}"#, "ESS-05004"),
            (#"{"value":"x","definitions":[\#(many)]}"#, "ESS-05008"),
        ]
        for (body, code) in cases {
            try await server.call(.put, Self.one, as: "adam", body: body).expectError(400, code)
        }
        let body = #"{"value":"x","definitions":[]}"#
        let long = String(repeating: "n", count: MetadataLimits.labelBytesMax)
        for name in ["a%7Db", "a%20b", "a%2Fb", "..", long + "n"] {
            try await server.call(.put, "\(Self.list)/\(name)", as: "adam", body: body).expectError(400, "ESS-05005")
        }
        #expect(try await server.store.secrets().isEmpty)
        try await server.call(.put, "\(Self.list)/\(long)", as: "adam", body: body).expect(201)
        #expect(try await server.call(.post, Self.list, as: "adam").status == 405)
        #expect(try await server.call(.post, Self.one, as: "adam").status == 405)
        #expect(try await server.call(.get, "\(Self.one)/value", as: "adam").status == 404)
    }

    @Test("A deletion is carried out once under its key")
    func deletion() async throws {
        try await put().expect(201)
        var fields = HTTPFields()
        fields[try #require(HTTPField.Name("Idempotency-Key"))] = "once"
        try await server.call(.delete, Self.one, as: "adam", fields).expect(204)
        try await server.call(.delete, Self.one, as: "adam", fields).expect(204)
        try await put().expect(201)
        try await server.call(.delete, Self.one, as: "adam", fields).expect(204)
        #expect(try await server.store.secret("ledger-token") != nil)
    }
}
