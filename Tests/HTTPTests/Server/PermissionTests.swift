import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

@Suite("permissions: C46", .ownStores)
struct PermissionTests {
    /// Calls that need a right, and nothing that would change with the state is asked of them but 403 or not.
    private static let calls: [(RequestAction, HTTPRequest.Method, String)] = [
        (.read, .get, ""), (.read, .get, "/permissions"), (.update, .patch, ""), (.update, .delete, "/subscribe"),
        (.hold, .post, "/hold"), (.release, .post, "/release"), (.cancel, .post, "/cancel"),
        (.cancel, .post, "/forceCancel"), (.delete, .delete, ""),
    ]

    private static let single = Array(RequestAction.allCases.prefix(12))

    /// A server on which nina was granted just these actions on everything.
    private func server(granting actions: [RequestAction]) async throws -> TestServer {
        let server = try await TestServer()
        let grant = Grant(
            name: "nina",
            grantee: .user("nina"),
            requests: [RequestRule(actions: RequestActionSet(actions))]
        )
        server.catalogue.current = TestCatalogue.catalogue(TestCatalogue.contents + [.grant(grant)])
        return server
    }

    private func held(_ reply: Reply) throws -> Set<String> {
        let members = try #require(try reply.json["permissions"]).members
        return Set(members.filter { $0.value.bool == true }.map(\.name))
    }

    @Test("C46 sixteen names with the request's number and links, for HEAD and the resource type, too")
    func answer() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let reply = try await server.call(.get, "requests/\(id)/permissions")
        reply.expect(200)
        #expect(reply.memberNames == ["links", "permissions", "requestId"])
        #expect(reply.member("requestId") == id.description)
        #expect(reply.relations == (try await server.call(.get, "requests/\(id)").relations))
        let names = try #require(try reply.json["permissions"]).members.map(\.name)
        #expect(names == RequestAction.allCases.map(\.rawValue).sorted() && names.count == 16)
        #expect(reply.fields[.contentType] == "application/json;charset=utf-8")
        let head = try await server.call(.head, "requests/\(id)/permissions/")
        head.expect(200)
        #expect(head.body.isEmpty && head.fields[.contentLength] == String(reply.body.count))
        let resource = MediaType.resource.rawValue
        let typed = try await server.call(.get, "requests/\(id)/permissions", [.accept: resource])
        #expect(typed.fields[.contentType] == resource)
    }

    @Test(
        "C46 what the users of every kind have",
        arguments: [
            (
                "anna",
                """
                READ VIEW UPDATE HOLD RELEASE CANCEL DELETE OPERATE OUTPUT_READ OUTPUT_CREATE OUTPUT_UPDATE
                OUTPUT_DELETE OUTPUT_ADMIN
                """
            ),
            ("essa", "READ VIEW UPDATE HOLD RELEASE LOCK CANCEL DELETE PURGE OPERATE ADMIN"),
            ("adam", "READ VIEW UPDATE HOLD RELEASE LOCK CANCEL DELETE PURGE OPERATE ADMIN"),
        ]
    )
    func users(name: String, expected: String) async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let reply = try await server.call(.get, "requests/\(id)/permissions", as: name)
        #expect(try held(reply) == Set(expected.split(whereSeparator: \.isWhitespace).map { "ESS_REQUEST_\($0)" }))
    }

    @Test("C46 each right that is granted beside READ, with the bundles that it completes, agrees with the 403s")
    func grants() async throws {
        for action in RequestAction.allCases {
            let server = try await server(granting: [.read, action])
            let id = try await server.submit()
            let actions = try held(try await server.call(.get, "requests/\(id)/permissions", as: "nina"))
            let set = RequestActionSet([.read, action])
            #expect(actions == Set(RequestAction.allCases.filter { set.allows($0) }.map(\.rawValue)), "\(action)")
            for (right, method, path) in Self.calls {
                let reply = try await server.call(method, "requests/\(id)\(path)", as: "nina", body: "{}")
                #expect((reply.status == 403) == !actions.contains(right.rawValue), "\(action) \(method) \(path)")
                if reply.status == 403 { reply.expectError(403, "ESS-02004") }
            }
            let output = try await server.call(.get, "/api/v1/requests/\(id)/outputs", as: "nina")
            // The last of the calls has deleted the request for whom it was allowed to.
            let isGone = actions.contains(RequestAction.delete.rawValue) && output.status == 404
            #expect(isGone || (output.status == 403) == !actions.contains(RequestAction.outputRead.rawValue))
        }
    }

    @Test("C46 without READ the permissions themselves are ESS-02003, whatever else was granted")
    func unreadable() async throws {
        for action in Self.single.dropFirst() {
            let server = try await server(granting: [action])
            let id = try await server.submit()
            try await server.call(.get, "requests/\(id)/permissions", as: "nina").expectError(403, "ESS-02003")
        }
        let server = try await TestServer()
        let id = try await server.request(in: .succeeded)
        try await server.call(.get, "requests/\(id)/permissions", as: "bert").expectError(403, "ESS-02003")
        try await server.call(.delete, "requests/\(id)").expect(204)
        for path in ["\(id)", "0", "-1", "999"] {
            try await server.call(.get, "requests/\(path)/permissions").expectError(404, "ESS-01001")
        }
        try await server.call(.get, "requests/x/permissions").expectError(400, "ESS-05009")
    }
}
