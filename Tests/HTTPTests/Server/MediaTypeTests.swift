import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// Every operation of REST §1 with the media types of its row in §2.2.
@Suite("Media types: C5, C6, C8", .ownStores)
struct MediaTypeTests {
    /// An operation on a request in a state in which it succeeds.
    struct Row: Sendable {
        let method: HTTPRequest.Method
        /// Below the base; `ID` stands for the request.
        let path: String
        let state: RequestState
        /// `HANDLE` stands for the handle of the newest invocation.
        let body: String?
        let json: String
        let resource: String

        init(
            _ method: HTTPRequest.Method,
            _ path: String,
            _ parameters: (json: String, resource: String),
            in state: RequestState = .wait,
            body: String? = nil
        ) {
            self.method = method
            self.path = path
            self.state = state
            self.body = body
            json = "application/json" + parameters.json
            resource = "application/vnd.oracle.resource+json" + parameters.resource
        }
    }

    private static let plain = ("", "")
    private static let singular = (";charset=utf-8", ";type=singular")
    private static let collection = (";charset=utf-8", ";type=collection")
    private static let report = (";charset=utf-8", "")

    private static let parameters = #"{"requestParameters":[{"name":"a","paramType":"STRING","value":"1"}]}"#
    private static let callback = #"{"callbackUrlPrefix":"https://a.example.org","callbackResourcePath":"x"}"#
    private static let success = #"{"status":"SUCCESS","requestHandle":"HANDLE"}"#

    static let rows = [
        Row(.get, "", plain), Row(.get, "requests", collection), Row(.get, "requests/search/1", collection),
        Row(.get, "query/Escapement/requests", collection),
        Row(.post, "requests", plain, body: TestCatalogue.submission("Sync")),
        Row(.post, "requests/submitArgs", plain, body: #"{"arguments":["a"]}"#), Row(.get, "requests/ID", singular),
        Row(.patch, "requests/ID", plain, body: parameters), Row(.post, "requests/ID/cancel", plain),
        Row(.post, "requests/ID/forceCancel", plain, in: .cancelling), Row(.post, "requests/ID/hold", plain),
        Row(.post, "requests/ID/release", plain, in: .hold),
        Row(.post, "requests/ID/subscribe", plain, body: callback), Row(.get, "requests/ID/permissions", report),
        Row(.post, "requests/ID/executionStatus", plain, in: .running, body: success),
        Row(
            .post,
            "requests/ID/checkInCancelling",
            report,
            in: .running,
            body: #"{"requestExecutionContext":"ID,HANDLE"}"#
        ),
        Row(.get, "server/quiesceState?clusterName=escapement", report),
    ]

    private func call(_ row: Row, accept: String?, _ server: TestServer, slash: Bool = false) async throws -> Reply {
        let id = try await server.request(in: row.state)
        server.set(forceCancelAfter: .zero)
        let handle = row.body?.contains("HANDLE") == true ? try await server.handle(id) : ""
        let parts = row.path.replacing("ID", with: id.description).split(separator: "?", maxSplits: 1)
        let path = "\(TestServer.base)/\(parts.first ?? "")\(slash ? "/" : "")\(parts.count > 1 ? "?\(parts[1])" : "")"
        let body = row.body?.replacing("ID", with: id.description).replacing("HANDLE", with: handle)
        let fields: HTTPFields = accept.map { [.accept: $0] } ?? [:]
        // Only some may see nodes, only owners may do all else.
        let user = row.path.hasPrefix("server") ? "adam" : "anna"
        return try await server.call(row.method, path, as: user, body: body, fields)
    }

    @Test(
        "C6, C8 each operation answers with the types of its row, with and without a slash at the end",
        arguments: rows
    )
    func types(row: Row) async throws {
        let server = try await TestServer()
        for (accept, expected) in [
            (nil, row.json), ("*/*", row.json), ("application/*;q=0.5", row.json), ("application/json", row.json),
            ("application/vnd.oracle.resource+json", row.resource),
            ("application/json;q=0.1, application/vnd.oracle.resource+json;type=any", row.resource),
        ] {
            for slash in [false, true] {
                let reply = try await call(row, accept: accept, server, slash: slash)
                #expect((200...201).contains(reply.status), "\(row.method) \(row.path): \(reply.text)")
                #expect(reply.fields[.contentType] == expected, "\(row.method) \(row.path) \(accept ?? "none")")
            }
        }
    }

    /// What is answered without body refuses all the same.
    private static let silent = [
        Row(.delete, "requests/ID", plain, in: .succeeded), Row(.delete, "requests/ID/subscribe", plain),
    ]

    @Test("C5 what cannot be produced is 406 before anything is done, for every operation", arguments: rows + silent)
    func notAcceptable(row: Row) async throws {
        let server = try await TestServer()
        let reply = try await call(row, accept: "text/plain", server)
        reply.expectError(406, "ESS-05022")
        #expect(try await server.requests().map(\.state) == [row.state])
    }
}
