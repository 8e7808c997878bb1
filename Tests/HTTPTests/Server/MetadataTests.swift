import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Metadata over REST", .ownStores, .timeLimit(.minutes(2)))
struct MetadataTests {
    private let server: MetadataServer

    init() async throws { server = try await MetadataServer() }

    // MARK: - One object

    @Test("A1: all spellings of an id reach one object; without a package it is none")
    func spellings() async throws {
        for path in [
            "JobDefinition/acme/Sync", "JobDefinition//acme//Sync", "JOB_DEFINITION/acme/Sync",
            "JobDefinition/acme/Sync/",
        ] {
            let reply = try await server.call(.get, path)
            reply.expect(200)
            #expect(reply.member("id") == "JobDefinition://acme/Sync")
        }
        try await server.call(.get, "JobDefinition/Sync").expectError(400, "ESS-03002")
        try await server.call(.get, "Trigger/acme/Sync").expectError(400, "ESS-03003")
        try await server.call(.get, "JobDefinition/acme/None").expectError(404, "ESS-30001")
    }

    @Test("An object is shown with what the server knows of it, its tag, and none of its secrets")
    func shown() async throws {
        let created = try await server.call(.post, "JobDefinition", body: Self.secretive(value: "canary"))
        created.expect(201)
        #expect(created.fields[.location] == "\(TestServer.publicURL)/api/v1/metadata/JobDefinition/acme/Secretive")
        #expect(created.fields[.eTag] == "\"1\"")
        let reply = try await server.call(.get, "JobDefinition/acme/Secretive")
        #expect(reply.member("version") == "1")
        #expect(reply.member("origin") == "API")
        #expect(reply.member("createdBy") == "adam")
        #expect(reply.member("updatedTime")?.isEmpty == false)
        #expect(!reply.text.contains("canary") && reply.text.contains("********"))
        #expect(try await server.stored("JobDefinition://acme/Secretive").document.contains("canary") == false)
        let user = try await server.call(.get, "/api/v1/users/anna")
        #expect(user.member("passwordHash") == "********")
        #expect(user.member("id") == "User://anna")
        let known = try await server.call(.get, "JobDefinition/acme/Secretive", fields: [.ifNoneMatch: "\"1\""])
        known.expect(304)
        #expect(known.body.isEmpty && known.fields[.eTag] == "\"1\"")
    }

    @Test("What was shown without its secrets and comes back keeps them")
    func keptSecrets() async throws {
        try await server.call(.post, "JobDefinition", body: Self.secretive(value: "canary")).expect(201)
        let before = try await server.stored("JobDefinition://acme/Secretive")
        let shown = try await server.call(.get, "JobDefinition/acme/Secretive")
        let same = try await server.call(
            .put,
            "JobDefinition/acme/Secretive",
            body: shown.text,
            fields: [.ifMatch: "\"1\""]
        )
        same.expect(200)
        #expect(try await server.stored("JobDefinition://acme/Secretive") == before)
        // Without the value, and with another text beside it.
        let changed = Self.secretive(value: nil, description: "new")
        try await server.call(.put, "JobDefinition/acme/Secretive", body: changed, fields: [.ifMatch: "*"]).expect(200)
        let content = try await server.metadata.object(
            try MetadataObjectID(parsing: "acme/Secretive", default: .jobDefinition),
            version: nil,
            caller: server.caller("adam")
        ).content
        guard case .jobDefinition(let definition) = content else { throw StoreFault("no definition") }
        #expect(definition.parameters.last?.value == "canary")
        #expect(definition.description == "new")
        let unknown = Self.secretive(value: "********").replacing("Secretive", with: "Other")
        try await server.call(.post, "JobDefinition", body: unknown).expectError(400, "ESS-30002")
    }

    @Test("A14: PUT without If-Match 428, stale 412, current 200; of two with one tag one wins")
    func preconditions() async throws {
        let path = "JobDefinition/acme/Fresh"
        let body = Self.definition("Fresh")
        try await server.call(.put, path, body: body).expectError(428, "ESS-30006")
        try await server.call(.put, path, body: body, fields: [.ifMatch: "*"]).expectError(412, "ESS-30005")
        try await server.call(.put, path, body: body, fields: [.ifNoneMatch: "*"]).expect(201)
        try await server.call(.put, path, body: body, fields: [.ifNoneMatch: "*"]).expectError(412, "ESS-30005")
        let replies = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<2 {
                let body = Self.definition("Fresh", description: "d\(number)")
                group.addTask {
                    try await server.call(.put, path, body: body, fields: [.ifMatch: "\"1\""]).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(replies.sorted() == [200, 412])
        try await server.call(.put, path, body: body, fields: [.ifMatch: "\"1\""]).expectError(412, "ESS-30005")
        let last = try await server.call(.put, path, body: body, fields: [.ifMatch: "\"1\", \"2\""])
        #expect(last.fields[.eTag] == "\"3\"")
        try await server.call(.delete, path).expectError(428, "ESS-30006")
        try await server.call(.delete, path, fields: [.ifMatch: "W/\"3\""]).expectError(412, "ESS-30005")
        try await server.call(.delete, path, fields: [.ifMatch: "\"3\""]).expect(204)
        try await server.call(.delete, path, fields: [.ifMatch: "*"]).expectError(404, "ESS-30001")
        // Nobody takes the new one for the old.
        let again = try await server.call(.post, "JobDefinition", body: body)
        #expect(again.fields[.eTag] == "\"4\"")
        try await server.call(.post, "JobDefinition", body: body).expectError(409, "ESS-30009")
    }

    @Test("The document says what the path says; kind, package and name may be left to it")
    func names() async throws {
        let path = "JobDefinition/acme/Named"
        let wrong = try await server.call(.put, path, body: Self.definition("Other"), fields: [.ifNoneMatch: "*"])
        wrong.expectError(400, "ESS-30002")
        let bare =
            #"{"jobType":"JobType://escapement/core/SwiftJobType","#
            + #""parameters":[{"name":"SYS_className","value":"NoOp"}]}"#
        try await server.call(.put, path, body: bare, fields: [.ifNoneMatch: "*"]).expect(201)
        let role = try await server.call(.post, "/api/v1/roles", body: #"{"name":"Clerk"}"#)
        role.expect(201)
        #expect(role.fields[.location] == "\(TestServer.publicURL)/api/v1/roles/Clerk")
        try await server.call(.get, "/api/v1/metadata/Role/Clerk").expect(200)
    }

    @Test("A13: every error of a document comes with its line, and nothing is changed")
    func errors() async throws {
        let body = """
            {"kind": "JobSet", "package": "/acme", "name": "Broken", "executionMode": "SERIAL",
             "steps": [
              {"stepId": "a", "job": "JobDefinition://acme/Sync", "links": {"SUCCESS": "b"}},
              {"stepId": "b", "job": "JobDefinition://acme/Sync", "links": {"SUCCESS": "a"}},
              {"stepId": "b", "job": "JobDefinition://acme/Missing"}]}
            """
        let reply = try await server.call(.post, "JobSet", body: body)
        reply.expectError(400, "ESS-30002")
        let errors = try reply.json["errors"]?.elements.map { $0["line"]?.scalarText ?? "" } ?? []
        #expect(errors.count >= 2 && errors.contains("5"))
        try await server.call(.get, "JobSet/acme/Broken").expectError(404, "ESS-30001")
        let missing = body.replacing(#""links": {"SUCCESS": "a"}"#, with: #""links": {}"#)
            .replacing(
                #""stepId": "b", "job": "JobDefinition://acme/Missing""#,
                with: #""stepId": "c", "job": "acme/No""#
            )
            .replacing(#"{"SUCCESS": "b"}"#, with: #"{"SUCCESS": "b", "ERROR": "c"}"#)
        try await server.call(.post, "JobSet", body: missing).expectError(400, "ESS-30003")
    }

    // MARK: - Parts

    @Test("Versions are listed newest first, and each can be read")
    func versions() async throws {
        let path = "JobDefinition/acme/Sync"
        let old = try await server.call(.get, path)
        let changed = old.text.replacing(#""name":"Sync""#, with: #""name":"Sync","description":"newer""#)
        try await server.call(.put, path, body: changed, fields: [.ifMatch: "\"1\""]).expect(200)
        let versions = try await server.call(.get, "\(path)/versions")
        #expect(try versions.json["items"]?.elements.map { $0["version"]?.scalarText } == ["2", "1"])
        #expect(try versions.json["items"]?.elements.map { $0["updatedBy"]?.string } == ["adam", "system"])
        #expect(try await server.call(.get, "\(path)?version=1").member("description") == nil)
        #expect(try await server.call(.get, "\(path)?version=2").member("description") == "newer")
        try await server.call(.get, "\(path)?version=3").expectError(404, "ESS-30001")
        try await server.call(.get, "\(path)?version=0").expectError(400, "ESS-05005")
    }

    @Test("A12: what others name is not deleted; the refusal names them all, as referrers does")
    func referrers() async throws {
        let found = try await server.call(.get, "JobDefinition/acme/Sync/referrers")
        #expect(try found.json["items"]?.elements.map { $0["id"]?.string } == ["JobSet://acme/Nightly"])
        for query in ["", "?force=true"] {
            let reply = try await server.call(.delete, "JobDefinition/acme/Sync\(query)", fields: [.ifMatch: "*"])
            reply.expectError(409, "ESS-30004")
            #expect(try reply.json["errors"]?.elements.map { $0["message"]?.string } == ["JobSet://acme/Nightly"])
        }
        try await server.call(.delete, "JobSet/acme/Nightly", fields: [.ifMatch: "*"]).expect(204)
        let id = try await server.submit("Sync")
        let used = try await server.call(.delete, "JobDefinition/acme/Sync", fields: [.ifMatch: "*"])
        used.expectError(409, "ESS-30004")
        #expect(try used.json["errors"]?.elements.map { $0["message"]?.string } == ["request \(id)"])
        try await server.cancel(id)
        try await server.call(.delete, "JobDefinition/acme/Sync", fields: [.ifMatch: "*"]).expect(204)
    }

    @Test("A copy has the document of its original under another name")
    func copies() async throws {
        let reply = try await server.call(.post, "JobDefinition/acme/Sync/copy", body: #"{"package":"/b","name":"S"}"#)
        reply.expect(201)
        #expect(reply.member("id") == "JobDefinition://b/S")
        #expect(reply.member("jobType") == "JobType://oracle/as/ess/core/ProcessJobType")
        let path = "JobDefinition/acme/Sync/copy"
        try await server.call(.post, path, body: #"{"name":"Async"}"#).expectError(409, "ESS-30009")
        try await server.call(.post, path, body: #"{"package":"/b"}"#).expectError(400, "ESS-05003")
        try await server.call(.post, path, body: #"{"name":"a/b c"}"#).expectError(400, "ESS-03002")
    }

    @Test("A7: seven properties are customised, whatever the origin; an eighth is refused")
    func customizations() async throws {
        let path = "JobDefinition/acme/Fixed/customizations"
        try await server.put("JobDefinition://acme/Fixed", Self.definition("Fixed"), origin: "DIRECTORY")
        let edited = Self.definition("Fixed", description: "x")
        try await server.call(.put, "JobDefinition/acme/Fixed", body: edited, fields: [.ifMatch: "*"])
            .expectError(409, "ESS-30007")
        for (property, value) in [
            ("AsyncRequestTimeout", "5"), ("EnableTimeStatistics", "true"), ("EnableTrace", "false"),
            ("LogicalClusterName", "night"), ("Priority", "9"), ("RequestCategory", "c"), ("Retries", "2"),
        ] {
            let reply = try await server.call(.put, "\(path)/\(property)", body: #"{"value":"\#(value)"}"#)
            reply.expect(200)
        }
        try await server.call(.put, "\(path)/Product", body: #"{"value":"x"}"#).expectError(400, "ESS-30002")
        try await server.call(.put, "\(path)/Priority", body: #"{"value":10}"#).expectError(400, "ESS-30002")
        #expect(try await server.call(.get, path).member("count") == "7")
        #expect(try await server.call(.get, "JobDefinition/acme/Fixed").fields[.eTag] == "\"1\"")
        let customized = try await server.submit("Fixed")
        #expect(try await server.stored(customized).priority == 9)
        try await server.call(.delete, "\(path)/Priority").expect(204)
        let plain = try await server.submit("Fixed")
        #expect(try await server.stored(plain).priority == 4)
        let builtIn = "JobType/oracle/as/ess/core/ProcessJobType"
        try await server.call(.delete, builtIn, fields: [.ifMatch: "*"]).expectError(409, "ESS-30007")
    }

    @Test("The built-in policy may be disabled and enabled again, and nothing else of it changes")
    func builtInPolicy() async throws {
        let path = "PurgePolicy/escapement/core/Default"
        func put(_ document: String, ifMatch: String) async throws -> Reply {
            try await server.call(.put, path, body: document, fields: [.ifMatch: ifMatch])
        }
        let original = try await server.call(.get, path)
        let disabled = original.text.replacing(#""enabled":true"#, with: #""enabled":false"#)
        #expect(disabled != original.text)
        try await put(original.text, ifMatch: "*").expect(200)
        #expect(try await server.call(.get, path).member("origin") == "BUILTIN")
        for days in ["90", "1"] {
            let edited = disabled.replacing(#""default":90"#, with: #""default":\#(days)"#)
            let reply = try await put(edited, ifMatch: #""1""#)
            guard days == "90" else {
                reply.expectError(409, "ESS-30007")
                continue
            }
            reply.expect(200)
            #expect(reply.member("enabled") == "false" && reply.member("origin") == "API")
        }
        try await put(original.text, ifMatch: "*").expect(200)
        #expect(try await server.call(.get, path).member("enabled") == "true")
        try await server.call(.delete, path, fields: [.ifMatch: "*"]).expect(204)
        #expect(try await server.call(.get, path).member("origin") == "BUILTIN")
        try await server.call(.delete, path, fields: [.ifMatch: "*"]).expectError(409, "ESS-30007")
    }

    static func definition(_ name: String, description: String? = nil) -> String {
        let text = description.map { #","description":"\#($0)""# } ?? ""
        return #"{"kind":"JobDefinition","package":"/acme","name":"\#(name)"\#(text),"#
            + #""jobType":"JobType://escapement/core/SwiftJobType","#
            + #""parameters":[{"name":"SYS_className","value":"NoOp"}]}"#
    }

    private static func secretive(value: String?, description: String? = nil) -> String {
        let shown = value.map { #","value":"\#($0)""# } ?? ""
        let secret = #"{"name":"key","secret":true\#(shown)}]}"#
        return String(definition("Secretive", description: description).dropLast(2)) + "," + secret
    }
}
