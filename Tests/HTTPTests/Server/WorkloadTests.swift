import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// `/api/v1/workload` (administration §4).
@Suite("Work assignments over HTTP", .ownStores)
struct WorkloadTests {
    private static let night = "WorkAssignment://acme/Night"
    private static let bindings = "/api/v1/workload/bindings"
    private static let status = "/api/v1/workload/status"
    private static let test = "/api/v1/workload/test"

    /// An assignment for the product GL whose shift is always on, with two of three threads' worth, and node `a`.
    private static func server(bindings: String = "[]", origin: String = "API") async throws -> MetadataServer {
        let server = try await MetadataServer()
        try await server.put(
            "Workshift://acme/Always",
            #"{"kind":"Workshift","package":"/acme","name":"Always","allocation":2,"plsqlLimit":5}"#,
            origin: origin
        )
        try await server.put(
            night,
            #"{"kind":"WorkAssignment","package":"/acme","name":"Night","specialization":"PRODUCT eq \"GL\"","#
                + #""workshifts":["Workshift://acme/Always"],"bindings":\#(bindings)}"#,
            origin: origin
        )
        let record = NodeRecord(
            id: NodeID("id-a"),
            name: "a",
            process: ProcessIdentity(pid: 4711, startTicks: 1, bootID: "boot")
        )
        _ = try await server.server.store.join(record, lease: .seconds(30), over: nil)
        try await server.server.store.publish(NodeOffer(threads: 3), of: record.id)
        try await server.call(.get, "WorkAssignment/acme/Night").expect(200)
        return server
    }

    private static func facts(_ product: String) -> String {
        #"{"jobDefinitionId":"acme/Sync","product":"\#(product)"}"#
    }

    /// Whether node `a` takes a request of a product.
    private static func takes(_ product: String, _ server: MetadataServer) async throws -> Bool {
        let reply = try await server.call(.post, test, as: "wera", body: facts(product))
        reply.expect(200)
        let node = try reply.json["nodes"]?.elements.first { _ in true }
        return node?["isTaken"]?.bool == true
    }

    @Test("A binding acts at once, is a version of its assignment with an audit record, and goes as it came")
    func bind() async throws {
        let server = try await Self.server()
        #expect(try await Self.takes("AP", server))
        let made = try await server.call(
            .put,
            "\(Self.bindings)/a/acme/Night",
            as: "wera",
            body: #"{"scope":"exclusive"}"#
        )
        made.expect(201)
        #expect(
            made.text == #"{"enabled":true,"node":"a","scope":"exclusive","workAssignment":"\#(Self.night)"}"#
        )
        #expect(made.fields[.eTag] == "\"2\"")
        #expect(try await !Self.takes("AP", server))
        #expect(try await Self.takes("GL", server))
        let document = try await server.call(.get, "WorkAssignment/acme/Night")
        #expect(document.text.contains(#""bindings":[{"#) && document.fields[.eTag] == "\"2\"")
        let records = try await server.server.audit().filter { $0.targetID == Self.night && $0.outcome == .ok }
        #expect(records.last?.entry.principal == "wera", "behind the one of the assignment's making")

        let off = try await server.call(.put, "\(Self.bindings)/a/acme/Night", as: "wera", body: #"{"enabled":false}"#)
        off.expect(200)
        #expect(off.fields[.eTag] == "\"3\"" && off.text.contains(#""scope":"standard""#))
        #expect(try await !Self.takes("GL", server))
        let same = try await server.call(.put, "\(Self.bindings)/a/acme/Night", as: "wera", body: #"{"enabled":false}"#)
        #expect(same.fields[.eTag] == "\"3\"")
        try await server.call(.delete, "\(Self.bindings)/a//acme/Night", as: "wera").expect(204)
        #expect(try await Self.takes("AP", server))
        try await server.call(.delete, "\(Self.bindings)/a/acme/Night", as: "wera").expectError(404, "ESS-30001")
    }

    @Test("If-Match guards a binding where it is given; all nodes are named by an asterisk")
    func preconditions() async throws {
        let server = try await Self.server()
        let path = "\(Self.bindings)/*/acme/Night"
        try await server.call(.put, path, body: "{}", fields: [.ifMatch: "\"7\""]).expectError(412, "ESS-30005")
        try await server.call(.put, path, body: "{}", fields: [.ifMatch: "\"1\""]).expect(201)
        #expect(try await !Self.takes("AP", server))
        try await server.call(.delete, path, fields: [.ifMatch: "\"1\""]).expectError(412, "ESS-30005")
        try await server.call(.delete, "\(Self.bindings)/%2A/acme/Night", fields: [.ifMatch: "*"]).expect(204)
    }

    @Test("ESCAPEMENT_WORK is needed to bind, ESCAPEMENT_MONITOR to look; a refusal is audited")
    func rights() async throws {
        let server = try await Self.server()
        let path = "\(Self.bindings)/a/acme/Night"
        for user in ["anna", "olga"] {
            try await server.call(.put, path, as: user, body: "{}").expectError(403, "ESS-31002")
            try await server.call(.delete, path, as: user).expectError(403, "ESS-31002")
        }
        #expect(try await server.server.audit().filter { $0.outcome == .denied }.count == 4)
        for user in ["olga", "wera", "adam"] {
            try await server.call(.get, Self.status, as: user).expect(200)
            try await server.call(.post, Self.test, as: user, body: Self.facts("GL")).expect(200)
        }
        try await server.call(.get, Self.status, as: "anna").expectError(403, "ESS-31002")
        try await server.call(.post, Self.test, as: "anna", body: Self.facts("GL")).expectError(403, "ESS-31002")
        #expect(try await Self.takes("AP", server))
    }

    @Test("What is no assignment, not changeable here, or no body is refused")
    func refusals() async throws {
        let server = try await Self.server(origin: "DIRECTORY")
        try await server.call(.put, "\(Self.bindings)/a/acme/Night", body: "{}").expectError(409, "ESS-30007")
        try await server.call(.put, "\(Self.bindings)/a/acme/None", body: "{}").expectError(404, "ESS-30001")
        try await server.call(.put, "\(Self.bindings)/a/escapement/core/ESSInternalWA", body: "{}")
            .expectError(409, "ESS-30007")
        for body in [#"{"scope":"wide"}"#, #"{"enabled":"yes"}"#, "[]"] {
            let reply = try await server.call(.put, "\(Self.bindings)/a/acme/Night", body: body)
            #expect(reply.status == 400, "\(body)")
        }
        try await server.call(.put, "\(Self.bindings)/a", body: "{}").expectError(404, "ESS-05020")
        try await server.call(.get, "\(Self.bindings)/a/acme/Night").expectError(405, "ESS-05021")
        try await server.call(.post, Self.test, body: "{}").expectError(400, "ESS-05003")
        try await server.call(.post, Self.test, body: #"{"requestId":99}"#).expectError(404, "ESS-01001")
        try await server.call(.post, Self.test, body: #"{"jobDefinitionId":"acme/Sync","at":"soon"}"#)
            .expectError(400, "ESS-00004")
    }

    @Test("Status: threads and shares of the nodes, what is in use, what shifts limit in the cluster")
    func status() async throws {
        let server = try await Self.server(bindings: #"[{"node":"a"}]"#)
        let reply = try await server.call(.get, Self.status, as: "olga")
        reply.expect(200)
        #expect(
            reply.text
                == #"{"limits":[{"inUse":0,"kind":"PLSQL","limit":5,"workAssignment":"WorkAssignment://acme/Night","#
                + #""workshift":"Workshift://acme/Always"}],"nodes":[{"inUse":0,"isDefault":false,"name":"a","#
                + #""resting":[],"shares":[{"inUse":0,"isExclusive":false,"threads":2,"#
                + #""workAssignment":"WorkAssignment://acme/Night","workshift":"Workshift://acme/Always"}],"#
                + #""threads":3}],"time":"2030-03-17T17:46:40.000Z"}"#
        )
    }

    @Test("A test tells which assignments accept a request, which nodes take it, and when the next shift begins")
    func shifts() async throws {
        let server = try await Self.server()
        try await server.put(
            "Schedule://acme/AtTen",
            #"{"kind":"Schedule","package":"/acme","name":"AtTen","timezone":"UTC","#
                + #""recurrences":[{"icalString":"FREQ=DAILY;BYHOUR=22;BYMINUTE=0;BYSECOND=0"}]}"#,
            origin: "API"
        )
        try await server.put(
            "Workshift://acme/Late",
            #"{"kind":"Workshift","package":"/acme","name":"Late","allocation":3,"duration":60,"#
                + #""schedule":"Schedule://acme/AtTen"}"#,
            origin: "API"
        )
        try await server.put(
            Self.night,
            #"{"kind":"WorkAssignment","package":"/acme","name":"Night","workshifts":["Workshift://acme/Late"],"#
                + #""bindings":[{"node":"*"}]}"#,
            origin: "API"
        )
        try await server.call(.get, "WorkAssignment/acme/Night").expect(200)
        let id = try await server.submit("Sync")
        let closed = try await server.call(.post, Self.test, body: #"{"requestId":\#(id)}"#)
        let node = try #require(closed.json["nodes"]?.elements.first { $0["name"]?.string == "a" })
        #expect(node["isTaken"]?.bool == false)
        let match = try #require(node["assignments"]?.elements.first { _ in true })
        #expect(match["state"]?.string == "CLOSED" && match["nextWindow"]?.string == "2030-03-17T22:00:00.000Z")
        #expect(try closed.json["matches"]?.elements.compactMap(\.string).contains(Self.night) == true)
        let open = try await server.call(
            .post,
            Self.test,
            body: #"{"requestId":\#(id),"at":"2030-03-17T22:30:00Z"}"#
        )
        #expect(open.text.contains(#""state":"OPEN","threads":3"#) && open.text.contains(#""isTaken":true"#))
    }
}
