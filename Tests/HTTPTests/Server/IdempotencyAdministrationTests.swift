import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// `Idempotency-Key` under `/api/v1`, as in the REST specification (administration §3).
@Suite("Idempotency-Key of the administration", .ownStores)
struct IdempotencyAdministrationTests {
    private static let key = HTTPField.Name("Idempotency-Key")
    private static let role = #"{"kind":"Role","name":"Clerk","privileges":[]}"#

    private func fields(_ key: String = "k", _ more: HTTPFields = [:]) throws -> HTTPFields {
        var fields = more
        fields[try #require(Self.key)] = key
        return fields
    }

    private func expectSame(_ first: Reply, _ second: Reply, at place: SourceLocation = #_sourceLocation) {
        #expect(second.status == first.status, "\(second.text)", sourceLocation: place)
        #expect(second.body == first.body, sourceLocation: place)
        #expect(second.contentFields == first.contentFields, sourceLocation: place)
    }

    @Test("An object is created, copied and deleted once, and each repeat has the first answer")
    func metadata() async throws {
        let server = try await MetadataServer()
        let first = try await server.call(.post, "/api/v1/roles", body: Self.role, fields: fields())
        first.expect(201)
        #expect(first.fields[.location]?.hasSuffix("/api/v1/roles/Clerk") == true && first.fields[.eTag] != nil)
        try await server.call(.post, "/api/v1/roles", body: Self.role).expectError(409, "ESS-30009")
        expectSame(first, try await server.call(.post, "/api/v1/roles", body: Self.role, fields: fields()))
        let copy = #"{"name":"Second"}"#
        let copied = try await server.call(.post, "/api/v1/roles/Clerk/copy", body: copy, fields: fields("copy"))
        copied.expect(201)
        let again = try await server.call(.post, "/api/v1/roles/Clerk/copy", body: copy, fields: fields("copy"))
        expectSame(copied, again)
        for _ in 0..<2 {
            let deletion = try fields("delete", [.ifMatch: "*"])
            try await server.call(.delete, "/api/v1/roles/Clerk", fields: deletion).expect(204)
        }
        // It stays the answer of the first call, whatever became of the object.
        expectSame(first, try await server.call(.post, "/api/v1/roles", body: Self.role, fields: fields()))
        try await server.call(.get, "/api/v1/roles/Clerk").expectError(404, "ESS-30001")
        try await server.call(.post, "validate", body: #"{"documents":[]}"#, fields: fields())
            .expectError(409, "ESS-01053")
    }

    @Test("A refresh and a binding's end are carried out once")
    func refresh() async throws {
        let server = try await MetadataServer()
        let id = try await server.submit("Sync")
        let path = "/api/v1/requests/\(id)/refresh"
        let first = try await server.call(.post, path, as: "anna", fields: fields("refresh"))
        first.expect(200)
        let content = try server.server.storedContent()
        expectSame(first, try await server.call(.post, path, as: "anna", fields: fields("refresh")))
        #expect(try server.server.storedContent() == content)
        let assignment =
            #"{"kind":"WorkAssignment","package":"/acme","name":"Own","active":false,"#
            + #""bindings":[{"node":"a","scope":"standard","enabled":true}]}"#
        try await server.call(.post, "WorkAssignment", body: assignment).expect(201)
        let binding = "/api/v1/workload/bindings/a/acme/Own"
        for _ in 0..<2 { try await server.call(.delete, binding, fields: fields("unbind")).expect(204) }
        try await server.call(.delete, binding).expectError(404, "ESS-30001")
    }

    @Test("What is applied is applied once; what changes nothing has its first answer, too")
    func applied() async throws {
        let server = try await MetadataServer()
        let body = #"{"documents":[\#(Self.role)]}"#
        for path in ["validate", "plan", "apply"] {
            let first = try await server.call(.post, path, body: body, fields: fields(path))
            first.expect(200)
            let revision = try await server.server.store.metadataRevision()
            expectSame(first, try await server.call(.post, path, body: body, fields: fields(path)))
            #expect(try await server.server.store.metadataRevision() == revision)
        }
        let nothing = try await server.call(.post, "apply", body: body, fields: fields("again"))
        nothing.expect(200)
        try await server.call(.delete, "/api/v1/roles/Clerk", fields: [.ifMatch: "*"]).expect(204)
        for key in ["plan", "again"] {
            let path = key == "plan" ? "plan" : "apply"
            try await server.call(.post, path, body: body, fields: fields(key)).expect(200)
        }
        try await server.call(.get, "/api/v1/roles/Clerk").expectError(404, "ESS-30001")
    }

    @Test("quiesce is carried out once: a repeat tells what it was answered, and does not undo a resume")
    func quiesce() async throws {
        let server = try await TestServer()
        try await server.turn()
        let name = server.node.record.name
        let path = "/api/v1/nodes/\(name)"
        let first = try await server.call(.post, "\(path)/quiesce", as: "wera", fields())
        first.expect(200)
        try await server.call(.post, "\(path)/resume", as: "wera").expect(200)
        expectSame(first, try await server.call(.post, "\(path)/quiesce", as: "wera", fields()))
        #expect(try await server.quiesced().isEmpty)
        try await server.call(.post, "\(path)/dispatcher/stop", as: "wera", fields("stop")).expect(200)
        try await server.call(.post, "\(path)/dispatcher/start", as: "wera", fields("stop"))
            .expectError(409, "ESS-01053")
        try await server.call(.post, "/api/v1/clusters/escapement/quiesce", as: "wera", fields("all")).expect(200)
        try await server.call(.post, "/api/v1/clusters/escapement/resume", as: "wera").expect(200)
        try await server.call(.post, "/api/v1/clusters/escapement/quiesce", as: "wera", fields("all")).expect(200)
        #expect(try await server.quiesced() == [.duty(.dispatcher, of: name)])
    }

    @Test("A purge begins once, an event is told again once")
    func others() async throws {
        let server = try await TestServer()
        let run = "/api/v1/purge/run"
        let order = #"{"criteria":{"product":"GL"}}"#
        let first = try await server.call(.post, run, as: "adam", body: order, fields("purge"))
        first.expect(202)
        expectSame(first, try await server.call(.post, run, as: "adam", body: order, fields("purge")))
        #expect(try await server.store.purgeRuns(limit: 9).count == 1)
        let callback =
            #","callbackSubscription":{"callbackUrlPrefix":"https://a.example.org","#
            + #""callbackResourcePath":"b"}"#
        let id = try await server.submit("Sync", callback)
        try await server.perform(.cancel, on: id)
        let path = "/api/v1/requests/\(id)/deliveries/1/redeliver"
        let told = try await server.call(.post, path, fields("tell"))
        told.expect(200)
        server.time.advance(by: .seconds(1))
        let outbox = try await server.store.deliveries(of: id)
        expectSame(told, try await server.call(.post, path, fields("tell")))
        #expect(try await server.store.deliveries(of: id) == outbox)
    }

    @Test("A call whose answer went with its server is answered 204, and not carried out again")
    func lostWithItsServer() async throws {
        let server = try await TestServer()
        try await server.turn()
        let path = "/api/v1/nodes/\(server.node.record.name)"
        try await server.call(.post, "\(path)/quiesce", as: "wera", fields()).expect(200)
        let call = try #require(try await server.recordedCalls().first).call
        try await server.store.keep(.done, of: call)
        try await server.call(.post, "\(path)/resume", as: "wera").expect(200)
        try await server.call(.post, "\(path)/quiesce", as: "wera", fields()).expect(204)
        #expect(try await server.quiesced().isEmpty)
    }
}
