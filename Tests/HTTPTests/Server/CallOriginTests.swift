import HTTPTypes
import SchedulerCore
import StoreTesting
import Testing

@Suite("Calls of browsers", .ownStores)
struct CallOriginTests {
    @Test(
        "A45 what a page of another site has a browser call changes nothing, whatever password the browser sends",
        arguments: [
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": ""],
            ["Sec-Fetch-Site": "cross-site", "Origin": "https://sched.example.org"],
            ["Origin": "https://elsewhere.example.org"], ["Origin": "null"], ["Origin": ""], ["Origin": "localhost"],
            ["Origin": "http://sched.example.org"], ["Origin": "https://sched.example.org:8443"],
            ["Origin": "https://sched.example.org.elsewhere.example"], ["Origin": "http://localhost:8080"],
            ["Origin": "https://x/localhost"],
        ]
    )
    func foreign(header: [String: String]) async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let fields = try Self.fields(header)
        let before = try server.storedContent()
        for (method, path) in Self.changes(id) {
            try await server.call(method, path, body: "{}", fields).expectError(403, "ESS-31004")
        }
        #expect(try server.storedContent() == before)
        try await server.call(.get, "requests/\(id)", fields).expect(200)
        try await server.call(.head, "requests/\(id)", fields).expect(200)
        try await server.call(.options, "requests/\(id)", fields).expect(204)
        // Who is not signed in, and what is not there, is told so first.
        try await server.call(.post, "requests/\(id)/hold", as: nil, fields).expectError(401, "ESS-02001")
        try await server.call(.post, "nonsense", fields).expectError(404, "ESS-05020")
        try await server.call(.put, "requests", fields).expectError(405, "ESS-05021")
    }

    @Test(
        "pages of the server itself may, and so may programs",
        arguments: [
            [:], ["Sec-Fetch-Site": "same-origin"], ["Sec-Fetch-Site": "none"],
            ["Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example.org"],
            ["Origin": "https://sched.example.org"], ["Origin": "HTTPS://Sched.Example.org"],
            ["Origin": "http://localhost"], ["Origin": "https://localhost"],
        ]
    )
    func own(header: [String: String]) async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        try await server.call(.post, "requests/\(id)/hold", Self.fields(header)).expect(200)
    }

    private static func fields(_ header: [String: String]) throws -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in header { fields[try #require(HTTPField.Name(name))] = value }
        return fields
    }

    private static func changes(_ id: SchedulerCore.RequestID) -> [(HTTPRequest.Method, String)] {
        [
            (.post, "requests"), (.patch, "requests/\(id)"), (.delete, "requests/\(id)"),
            (.post, "requests/\(id)/hold"),
            (.put, "/api/v1/requests/\(id)/schedule"), (.post, "/api/v1/purge/run"),
            (.delete, "/api/v1/metadata/JobDefinition/acme/Sync"), (.post, "/api/v1/nodes/a/quiesce"),
        ]
    }
}
