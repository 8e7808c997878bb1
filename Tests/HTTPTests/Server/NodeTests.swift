import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Nodes and quiesceState: C47, A23", .ownStores)
struct NodeTests {
    private static let state = "server/quiesceState?clusterName=escapement"
    private static let nodes = "/api/v1/nodes"
    private static let clusters = "/api/v1/clusters"
    private static let first = "2030-03-17T17:46:40.000Z"

    private let server: TestServer

    init() async throws { server = try await TestServer() }

    private func join(_ name: String, pid: Int32 = 4711, lease: Duration = .seconds(30)) async throws {
        let record = NodeRecord(
            id: NodeID("id-\(name)"),
            name: name,
            process: ProcessIdentity(pid: pid, startTicks: 1, bootID: "boot"),
            version: "1.2"
        )
        #expect(try await server.store.join(record, lease: lease, over: nil) == .joined)
    }

    // MARK: - quiesceState

    @Test("C47 quiesceState: no cluster name is 400, an unknown cluster or server 404")
    func wrongNames() async throws {
        try await join("a")
        for path in ["server/quiesceState", "server/quiesceState?clusterName=", "server/quiesceState?serverName=a"] {
            try await server.call(.get, path, as: "olga").expectError(400, "ESS-05003")
        }
        try await server.call(.get, "server/quiesceState?clusterName=other", as: "olga")
            .expectError(404, "ESS-03006")
        try await server.call(.get, "server/quiesceState?clusterName=other&serverName=a", as: "olga")
            .expectError(404, "ESS-03006")
        try await server.call(.get, "\(Self.state)&serverName=b", as: "olga").expectError(404, "ESS-03007")
    }

    @Test("C47 quiesceState: each server is listed with its state, or the one that is asked for", .severalNodes)
    func quiesceState() async throws {
        for name in ["c d", "a", "b"] { try await join(name) }
        try await server.call(.post, "\(Self.nodes)/a/quiesce", as: "wera").expect(200)
        let all = try await server.call(.get, Self.state, as: "olga")
        all.expect(200)
        #expect(
            all.text
                == #"{"clusterName":"escapement","servers":[{"quiesceState":"QUIESCED","serverName":"a"},"#
                + #"{"quiesceState":"RUNNING","serverName":"b"},{"quiesceState":"RUNNING","serverName":"c d"}]}"#
        )
        let one = try await server.call(.get, "\(Self.state)&serverName=c+d", as: "olga")
        #expect(
            one.text == #"{"clusterName":"escapement","servers":[{"quiesceState":"RUNNING","serverName":"c d"}]}"#
        )
        #expect(try await server.call(.get, "\(Self.state)&serverName=", as: "olga").body == all.body)
        #expect(try await server.call(.get, Self.state + "&x=1", as: "olga").body == all.body)
        let head = try await server.call(.head, Self.state, as: "olga")
        head.expect(200)
        #expect(head.body.isEmpty)
    }

    @Test("C6 quiesceState has the types of operation 19")
    func types() async throws {
        try await join("a")
        let resource = SchedulerAPI.MediaType.resource.rawValue
        let json = try await server.call(.get, Self.state, as: "olga")
        #expect(json.fields[.contentType] == "application/json;charset=utf-8")
        let typed = try await server.call(.get, Self.state, as: "olga", [.accept: resource])
        #expect(typed.fields[.contentType] == resource)
        let wrong = try await server.call(.get, "server/quiesceState", as: "olga", [.accept: resource])
        wrong.expectError(400, "ESS-05003")
        #expect(wrong.fields[.contentType] == resource)
        try await server.call(.get, Self.state, as: "olga", [.accept: "text/html"]).expectError(406, "ESS-05022")
    }

    @Test("C47 quiesceState is for administrators, operators, monitors; the right comes before the names")
    func readers() async throws {
        try await join("a")
        for user in ["olga", "essa", "adam", "wera"] {
            try await server.call(.get, Self.state, as: user).expect(200)
        }
        for path in [Self.state, Self.state + "&serverName=x", "server/quiesceState?clusterName=x"] {
            try await server.call(.get, path).expectError(403, "ESS-02006")
        }
        try await server.call(.get, "server/quiesceState").expectError(400, "ESS-05003")
        try await server.call(.get, Self.state, as: "gone").expectError(401, "ESS-02001")
    }

    @Test("C47 a lost server is none any more, one that is kept quiesced is", .severalNodes)
    func lostServers() async throws {
        try await join("a")
        for name in ["b", "c"] { try await join(name, lease: .seconds(1)) }
        try await server.call(.post, "\(Self.nodes)/c/quiesce", as: "wera").expect(200)
        server.time.advance(by: .seconds(2))
        let reply = try await server.call(.get, Self.state, as: "olga")
        let names = try #require(reply.json["servers"]).elements.map { $0["serverName"]?.string }
        #expect(names == ["a", "c"])
    }

    // MARK: - Dispatcher and processor

    @Test("Dispatcher and processor are stopped and started each by itself, with ESCAPEMENT_WORK and a record")
    func duties() async throws {
        try await join("a")
        let path = "\(Self.nodes)/a"
        try await server.call(.post, "\(path)/dispatcher/stop", as: "olga").expectError(403, "ESS-31002")
        let stopped = try await server.call(.post, "\(path)/dispatcher/stop", as: "wera")
        stopped.expect(200)
        #expect(
            stopped.text.contains(#""stopped":["dispatcher"]"#) && stopped.text.contains(#""quiesceState":"RUNNING""#)
        )
        try await server.call(.post, "\(path)/processor/stop", as: "wera").expect(200)
        let started = try await server.call(.post, "\(path)/dispatcher/start", as: "wera")
        #expect(started.text.contains(#""stopped":["processor"]"#))
        let running = try await server.call(.post, "\(path)/processor/start", as: "wera")
        #expect(!running.text.contains("stopped"))
        try await server.call(.post, "\(Self.nodes)/b/processor/stop", as: "wera").expectError(404, "ESS-03007")
        try await server.call(.post, "\(path)/processor/restart", as: "wera").expectError(404, "ESS-05020")
        try await server.call(.get, "\(path)/processor/stop", as: "wera").expectError(405, "ESS-05021")
        #expect(
            try await server.audit().filter { $0.outcome == .ok }.map(\.entry.action) == [
                "stop dispatcher", "stop processor", "start dispatcher", "start processor",
            ]
        )
    }

    // MARK: - Nodes

    @Test("A node shows its start, its lease and its rest; one that is only remembered, its name", .severalNodes)
    func shape() async throws {
        try await join("a")
        try await join("b")
        _ = try await server.store.lead(.recovery, node: NodeID("id-a"), lease: .seconds(30))
        try await server.call(.post, "\(Self.nodes)/b/quiesce", as: "wera").expect(200)
        try await server.store.leave(NodeID("id-b"))
        let first =
            #"{"clusterName":"escapement","id":"id-a","isClusterQuiesced":false,"isQuiesced":false,"#
            + #""joinedTime":"\#(Self.first)","leads":["recovery"],"leaseEndTime":"2030-03-17T17:47:10.000Z","#
            + #""name":"a","processId":4711,"quiesceState":"RUNNING","running":0,"state":"RUNNING","version":"1.2"}"#
        let second =
            #"{"clusterName":"escapement","isClusterQuiesced":false,"isQuiesced":true,"leads":[],"name":"b","#
            + #""quiesceState":"QUIESCED","running":0,"state":"STOPPED"}"#
        let all = try await server.call(.get, Self.nodes, as: "olga")
        all.expect(200)
        #expect(all.text == #"{"clusterName":"escapement","count":2,"items":[\#(first),\#(second)]}"#)
        #expect(all.fields[.contentType] == "application/json")
        #expect(try await server.call(.get, Self.nodes + "/a", as: "olga").text == first)
        #expect(try await server.call(.get, Self.nodes + "/b/", as: "olga").text == second)
        server.time.advance(by: .seconds(30))
        #expect(try await server.call(.get, Self.nodes + "/a", as: "olga").member("state") == "LOST")
        let head = try await server.call(.head, Self.nodes, as: "olga")
        head.expect(200)
        #expect(head.body.isEmpty)
    }

    @Test("Names of nodes may hold anything; the path has them percent-encoded")
    func encodedNames() async throws {
        let names = [("a/b", "a%2Fb"), ("Büro 1", "B%C3%BCro%201"), ("50%", "50%25"), ("a+b", "a+b"), ("..", "..")]
        for (name, path) in names {
            try await join(name)
            for operation in ["quiesce", "resume"] {
                let reply = try await server.call(.post, "\(Self.nodes)/\(path)/\(operation)", as: "wera")
                reply.expect(200)
                #expect(reply.member("name") == name)
                #expect(reply.member("isQuiesced") == (operation == "quiesce" ? "true" : "false"))
            }
            #expect(try await server.call(.get, "\(Self.nodes)/\(path)", as: "olga").member("name") == name)
        }
        try await server.call(.get, "\(Self.nodes)/%00", as: "olga").expectError(400, "ESS-05028")
        try await server.call(.get, "\(Self.nodes)/%FF", as: "olga").expectError(400, "ESS-05028")
        try await server.call(.post, "\(Self.nodes)//quiesce", as: "wera").expectError(404, "ESS-03007")
        #expect(try await server.quiesced().isEmpty)
    }

    @Test("A23 a quiesced node starts nothing, is QUIESCING while attempts run, then QUIESCED, and resumes")
    func quiesce() async throws {
        let name = server.node.record.name
        let running = try await server.request(in: .running, "Sync")
        let busy = try await server.call(.post, "\(Self.nodes)/\(name)/quiesce", as: "adam")
        busy.expect(200)
        #expect(busy.member("quiesceState") == "QUIESCING")
        #expect(busy.member("running") == "1")
        let later = try await server.submit("Sync")
        try await server.turn()
        #expect(try await server.stored(later).state == .wait)
        try await server.call(.get, "requests/\(later)").expect(200)
        try await server.perform(.executableEnded(.cancelled(text: nil)), on: running)
        #expect(
            try await server.call(.get, "\(Self.nodes)/\(name)", as: "olga").member("quiesceState") == "QUIESCED"
        )
        let resumed = try await server.call(.post, "\(Self.nodes)/\(name)/resume", as: "adam")
        #expect(resumed.member("quiesceState") == "RUNNING")
        try await server.turn()
        #expect(try await server.stored(later).state == .running)
    }

    @Test("A request that awaits an answer does not keep a node from being QUIESCED")
    func asynchronous() async throws {
        _ = try await server.request(in: .running, "Async")
        let reply = try await server.call(.post, "\(Self.nodes)/\(server.node.record.name)/quiesce", as: "adam")
        #expect(reply.member("quiesceState") == "QUIESCED")
    }

    @Test(
        "A cluster is quiesced with all nodes, also later ones; a node that is resumed meanwhile still rests",
        .severalNodes
    )
    func cluster() async throws {
        try await join("a")
        let quiesced = try await server.call(.post, "\(Self.clusters)/escapement/quiesce", as: "wera")
        quiesced.expect(200)
        #expect(quiesced.member("count") == "1")
        try await join("b")
        let all = try await server.call(.get, Self.nodes, as: "olga").json["items"]?.elements
        #expect(all?.map { $0["quiesceState"]?.string } == ["QUIESCED", "QUIESCED"])
        let one = try await server.call(.post, "\(Self.nodes)/b/resume", as: "wera")
        one.expect(200)
        #expect(one.member("isQuiesced") == "false")
        #expect(one.member("isClusterQuiesced") == "true")
        #expect(one.member("quiesceState") == "QUIESCED")
        let resumed = try await server.call(.post, "\(Self.clusters)/escapement/resume", as: "wera")
        let states = try #require(resumed.json["items"]).elements.map { $0["quiesceState"]?.string }
        #expect(states == ["RUNNING", "RUNNING"])
    }

    @Test("Unknown nodes and clusters are 404 and nothing is stored")
    func unknown() async throws {
        try await join("a")
        try await server.call(.get, "\(Self.nodes)/b", as: "olga").expectError(404, "ESS-03007")
        for operation in ["quiesce", "resume"] {
            try await server.call(.post, "\(Self.nodes)/b/\(operation)", as: "wera").expectError(404, "ESS-03007")
            try await server.call(.post, "\(Self.nodes)/A/\(operation)", as: "wera").expectError(404, "ESS-03007")
            try await server.call(.post, "\(Self.clusters)/b/\(operation)", as: "wera").expectError(404, "ESS-03006")
        }
        try await server.call(.post, "\(Self.nodes)/a/start", as: "wera").expectError(404, "ESS-05020")
        #expect(try await server.quiesced().isEmpty)
        #expect(try await server.audit().isEmpty)
    }

    @Test("Looking needs MONITOR, changing WORK; who was denied a change is in the audit trail")
    func rights() async throws {
        try await join("a")
        for path in [Self.nodes, "\(Self.nodes)/a", "\(Self.nodes)/x"] {
            try await server.call(.get, path).expectError(403, "ESS-31002")
        }
        #expect(try await server.audit().isEmpty)
        for user in ["anna", "olga", "essa"] {
            try await server.call(.post, "\(Self.nodes)/a/quiesce", as: user).expectError(403, "ESS-31002")
            try await server.call(.post, "\(Self.clusters)/escapement/quiesce", as: user).expectError(403, "ESS-31002")
        }
        #expect(try await server.quiesced().isEmpty)
        let denied = try await server.audit()
        #expect(denied.map(\.entry.principal) == ["anna", "anna", "olga", "olga", "essa", "essa"])
        #expect(denied.allSatisfy { $0.outcome == .denied && $0.errorCode == 31002 })
        try await server.call(.post, "\(Self.nodes)/a/quiesce", as: "adam").expect(200)
        let done = try #require(try await server.audit().last)
        #expect(done.entry.principal == "adam")
        #expect(done.entry.action == "quiesce")
        #expect(done.entry.clientAddress == "192.0.2.1")
        #expect([done.targetKind, done.targetID] == ["Node", "a"])
        #expect(done.outcome == .ok)
    }

    @Test("A change takes no body, and none that cannot be answered has an effect")
    func bodies() async throws {
        try await join("a")
        let before = try server.storedContent()
        for path in ["\(Self.nodes)/a/quiesce", "\(Self.clusters)/escapement/quiesce"] {
            try await server.call(.post, path, as: "wera", [.accept: "text/html"]).expectError(406, "ESS-05022")
        }
        #expect(try server.storedContent() == before)
        let path = "\(Self.nodes)/a/quiesce"
        for (body, type) in [(nil, nil), ("{", "application/json"), ("x", "text/xml"), ("{}", nil)] {
            var fields: HTTPFields = [:]
            fields[.contentType] = type
            try await server.call(.post, path, as: "wera", body: body, fields).expect(200)
        }
    }

    @Test("A store that is down is 503, and nothing is half done")
    func storeDown() async throws {
        try await join("a")
        server.fail(.beforeCommit)
        let reply = try await server.call(.post, "\(Self.nodes)/a/quiesce", as: "wera")
        reply.expectError(503, "ESS-06001")
        #expect(reply.fields[.retryAfter].flatMap { Int($0) } != nil)
        #expect(try await server.quiesced().isEmpty)
        try await server.call(.post, "\(Self.nodes)/a/quiesce", as: "wera").expect(200)
    }

    @Test("A quiesced node is healthy and ready: it takes all calls")
    func health() async throws {
        try await join("a")
        try await server.call(.post, "\(Self.clusters)/escapement/quiesce", as: "wera").expect(200)
        for path in ["/healthz", "/readyz"] {
            #expect(try await server.call(.get, path, as: nil).text == "ok\n")
        }
        _ = try await server.submit()
    }
}
