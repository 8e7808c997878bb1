import Testing

@testable import escapement

@Suite("Node and cluster commands")
struct NodeVerbTests {
    private static let first =
        #"{"clusterName":"c","id":"1f","isClusterQuiesced":false,"isQuiesced":false,"#
        + #""joinedTime":"2027-03-01T09:10:00.000Z","leads":["recovery","metadata"],"#
        + #""leaseEndTime":"2027-03-01T09:20:00.000Z","name":"a","processId":7,"quiesceState":"RUNNING","#
        + #""running":3,"state":"RUNNING","version":"1.2"}"#
    private static let second =
        #"{"clusterName":"c","isClusterQuiesced":false,"isQuiesced":true,"leads":[],"name":"b","#
        + #""quiesceState":"QUIESCED","running":0,"state":"STOPPED"}"#
    private static let all = #"{"clusterName":"c","count":2,"items":[\#(first),\#(second)]}"#

    private static func node(_ members: String) -> String { #"{"name":"a","state":"RUNNING",\#(members)}"# }

    private let node = ClientRun(noun: "node")
    private let cluster = ClientRun(noun: "cluster")

    @Test("list prints a row for each node, quiet its name, as JSON the answer")
    func list() async throws {
        let answers: [String: [StubTransport.Answer]] = ["GET /api/v1/nodes": [.reply(200, Self.all)]]
        let stub = StubTransport(answers)
        let result = try await node(["list"], stub)
        #expect(result.exit == .done)
        #expect(
            result.output == """
                NODE  STATE    QUIESCE-STATE  RUNNING  LEADS               VERSION  PROCESS  JOINED                    LEASE-END
                a     RUNNING  RUNNING        3        recovery, metadata  1.2      7        2027-03-01T09:10:00.000Z  2027-03-01T09:20:00.000Z
                b     STOPPED  QUIESCED       0

                """
        )
        #expect(stub.lines == ["GET /api/v1/nodes"])
        #expect(try await node(["list", "--quiet"], StubTransport(answers)).output == "a\nb\n")
        #expect(try await node(["list", "--output", "json"], StubTransport(answers)).output == Self.all + "\n")
        let strange = StubTransport(["GET /api/v1/nodes": [.reply(200, "{}")]])
        #expect(try await node(["list"], strange).exit == .other)
    }

    @Test("status prints all members of a node, quiet one word, as JSON the answer")
    func status() async throws {
        let answers: [String: [StubTransport.Answer]] = ["GET /api/v1/nodes/b": [.reply(200, Self.second)]]
        let result = try await node(["status", "b"], StubTransport(answers))
        #expect(
            result.output == """
                name               b
                state              STOPPED
                quiesceState       QUIESCED
                running            0
                leads
                clusterName        c
                isClusterQuiesced  false
                isQuiesced         true

                """
        )
        let json = try await node(["status", "b", "--output", "json"], StubTransport(answers))
        #expect(json.output == Self.second + "\n")
    }

    @Test(
        "The quiet word is how far a living node rests, else that it does not live",
        arguments: [
            ("RUNNING", "RUNNING", "RUNNING"), ("RUNNING", "QUIESCING", "QUIESCING"),
            ("RUNNING", "QUIESCED", "QUIESCED"), ("LOST", "RUNNING", "LOST"), ("STOPPED", "QUIESCED", "STOPPED"),
        ]
    )
    func word(state: String, quiesceState: String, expected: String) async throws {
        let body = #"{"name":"a","quiesceState":"\#(quiesceState)","state":"\#(state)"}"#
        let stub = StubTransport(["GET /api/v1/nodes/a": [.reply(200, body)]])
        #expect(try await node(["status", "a", "--quiet"], stub).output == expected + "\n")
    }

    @Test("quiesce and resume call their path, without asking, and print where the node stands")
    func actions() async throws {
        for verb in ["quiesce", "resume"] {
            let body = Self.node(#""isQuiesced":true,"quiesceState":"QUIESCING""#)
            let answers: [String: [StubTransport.Answer]] = ["POST /api/v1/nodes/a/\(verb)": [.reply(200, body)]]
            let stub = StubTransport(answers)
            let result = try await ClientRun(noun: "node", agrees: false)([verb, "a"], stub)
            #expect(result.exit == .done)
            #expect(result.output.contains("QUIESCING"))
            #expect(result.messages.isEmpty)
            #expect(stub.calls.map(\.line) == ["POST /api/v1/nodes/a/\(verb)"])
            #expect(stub.calls.map(\.body) == [""])
            #expect(try await node([verb, "a", "--quiet"], StubTransport(answers)).output == "QUIESCING\n")
            let json = try await node([verb, "a", "--output", "json"], StubTransport(answers))
            #expect(
                json.output == #"{"isQuiesced":true,"name":"a","quiesceState":"QUIESCING","state":"RUNNING"}"# + "\n"
            )
        }
    }

    @Test("A resume says when the node goes on resting because of its cluster")
    func stillResting() async throws {
        let body = Self.node(#""isClusterQuiesced":true,"isQuiesced":false,"quiesceState":"QUIESCED""#)
        let answers: [String: [StubTransport.Answer]] = ["POST /api/v1/nodes/a/resume": [.reply(200, body)]]
        let result = try await node(["resume", "a"], StubTransport(answers))
        #expect(result.exit == .done)
        #expect(result.messages == "escapement: the node goes on resting: its whole cluster is quiesced\n")
        #expect(try await node(["resume", "a", "--quiet"], StubTransport(answers)).messages.isEmpty)
    }

    @Test("Names are sent percent-encoded")
    func names() async throws {
        let stub = StubTransport([
            "GET /api/v1/nodes/B%C3%BCro%2F1%20%25": [.reply(200, Self.first)],
            "POST /api/v1/clusters/x%3Fy/resume": [.reply(200, Self.all)],
        ])
        #expect(try await node(["status", "Büro/1 %"], stub).exit == .done)
        #expect(try await cluster(["resume", "x?y"], stub).exit == .done)
    }

    @Test("cluster quiesce asks first, unless told not to or there is nobody to ask")
    func question() async throws {
        let answers: [String: [StubTransport.Answer]] = ["POST /api/v1/clusters/c/quiesce": [.reply(200, Self.all)]]
        let refused = StubTransport(answers)
        let result = try await ClientRun(noun: "cluster", agrees: false)(["quiesce", "c"], refused)
        #expect(result.exit == .other)
        #expect(result.messages == "escapement: nothing was done\n")
        #expect(refused.calls.isEmpty)
        for (agrees, flags) in [(true, []), (nil, []), (false, ["--yes"])] {
            let stub = StubTransport(answers)
            let run = ClientRun(noun: "cluster", agrees: agrees)
            #expect(try await run(["quiesce", "c"] + flags, stub).exit == .done)
            #expect(stub.lines == ["POST /api/v1/clusters/c/quiesce"])
        }
        let resume = StubTransport(["POST /api/v1/clusters/c/resume": [.reply(200, Self.all)]])
        #expect(try await ClientRun(noun: "cluster", agrees: false)(["resume", "c"], resume).exit == .done)
    }

    @Test("cluster resume prints all nodes and says which go on resting by themselves")
    func clusterResume() async throws {
        let answers: [String: [StubTransport.Answer]] = ["POST /api/v1/clusters/c/resume": [.reply(200, Self.all)]]
        let result = try await cluster(["resume", "c"], StubTransport(answers))
        #expect(result.output.split(separator: "\n").count == 3)
        #expect(result.messages == "escapement: quiesced by themselves and still resting: b\n")
        let quiet = try await cluster(["resume", "c", "--quiet"], StubTransport(answers))
        #expect(quiet.output == "RUNNING a\nSTOPPED b\n")
        #expect(quiet.messages.isEmpty)
        let json = try await cluster(["resume", "c", "--output", "json"], StubTransport(answers))
        #expect(json.output == Self.all + "\n")
    }

    @Test(
        "A53 A refusal gives the exit status of its kind, with the server's words",
        arguments: [(400, 3), (401, 4), (403, 4), (404, 5), (409, 6), (503, 7)]
    )
    func refusals(status: Int, exit: Int32) async throws {
        let answer = StubTransport.Answer.reply(status, #"{"detail":"ESS-03007: Server a not found"}"#)
        let stub = StubTransport([
            "GET /api/v1/nodes": [answer], "GET /api/v1/nodes/a": [answer],
            "POST /api/v1/nodes/a/quiesce": [answer], "POST /api/v1/clusters/a/quiesce": [answer],
        ])
        for (run, arguments) in [
            (node, ["list"]), (node, ["status", "a"]), (node, ["quiesce", "a"]), (cluster, ["quiesce", "a"]),
        ] {
            let result = try await run(arguments, stub)
            #expect(result.exit.rawValue == exit)
            #expect(result.messages.hasPrefix("escapement: ESS-03007: Server a not found"))
            #expect(result.output.isEmpty)
        }
    }

    @Test(
        "A53 Wrong usage ends with its status",
        arguments: [
            ["node", "status"], ["node", "quiesce"], ["node", "resume", ""], ["node", "list", "a"],
            ["node", "quiesce", "a", "b"], ["node", "stop", "a"], ["cluster", "quiesce"], ["cluster", "list"],
            ["cluster", "quiesce", "a", "--output", "xml"],
        ]
    )
    func usage(arguments: [String]) throws {
        let error = #expect(throws: (any Error).self) { try EscapementCommand.command(for: arguments) }
        #expect(error.map(CommandEnd.status(for:)) == .usage)
    }
}
