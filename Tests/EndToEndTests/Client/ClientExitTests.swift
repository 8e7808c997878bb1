import Testing

@testable import escapement

@Suite("Exit statuses of the client")
struct ClientExitTests {
    @Test(
        "A53 A refusal by the server gives the exit status of its kind, with the server's words",
        arguments: [
            (400, 3), (413, 3), (414, 3), (415, 3), (431, 3), (401, 4), (403, 4), (404, 5), (409, 6), (412, 6),
            (428, 6), (429, 7), (500, 7), (503, 7), (302, 1), (405, 1), (406, 1),
        ]
    )
    func refusals(status: Int, exit: Int32) async throws {
        let body = #"{"detail":"ESS-01001: Request ID 5 not found","errorCode":"ESS-01001","status":404}"#
        let stub = StubTransport(["GET /requests/5": [.reply(status, body)]])
        let result = try await ClientRun()(["get", "5"], stub)
        #expect(result.exit.rawValue == exit)
        #expect(result.messages.hasPrefix("escapement: ESS-01001: Request ID 5 not found"))
        #expect(result.output.isEmpty)
    }

    @Test("A refusal without the server's error body is told by its status")
    func foreignRefusal() async throws {
        let stub = StubTransport(["GET /requests/5": [.reply(502, "<html>Bad Gateway</html>")]])
        let result = try await ClientRun()(["get", "5"], stub)
        #expect(result.exit == .unavailable)
        #expect(result.messages == "escapement: http://127.0.0.1:8080 answered with HTTP status 502\n")
    }

    @Test("No connection gives 7, an answer that is none of ours 1")
    func strangeServers() async throws {
        let none = try await ClientRun()(["get", "5"], StubTransport(["GET /requests/5": [.noConnection]]))
        #expect(none.exit == .unavailable)
        for body in ["", "hello", "[1]", #"{"items":"#] {
            let stub = StubTransport(["GET /requests/5": [.reply(200, body)]])
            #expect(try await ClientRun()(["get", "5"], stub).exit == .other)
        }
        let noID = StubTransport(["POST /requests": [.reply(201, "{}")]])
        #expect(try await ClientRun()(["submit", "--definition", "d"], noID).exit == .other)
        let noItems = StubTransport(["GET /requests": [.reply(200, "{}")]])
        #expect(try await ClientRun()(["list"], noItems).exit == .other)
    }

    @Test(
        "A53 The end of a request that was waited for gives its exit status",
        arguments: [
            ("SUCCEEDED", false, 0), ("FINISHED", false, 0), ("WARNING", false, 0), ("ERROR", false, 20),
            ("WARNING", true, 21), ("SUCCEEDED", true, 0), ("CANCELLED", false, 22), ("EXPIRED", false, 23),
            ("VALIDATION_FAILED", false, 23), ("ERROR", true, 20),
        ]
    )
    func ends(state: String, strict: Bool, exit: Int32) async throws {
        let flags = strict ? ["--strict"] : []
        let details = #"{"errorWarningMessage":"disk full","requestId":5,"state":"\#(state)"}"#
        let answers: [String: [StubTransport.Answer]] = [
            "POST /requests": [.reply(201, #"{"id":5,"links":[],"requestId":5}"#)],
            "GET /requests/5": [.reply(200, #"{"requestId":5,"state":"RUNNING"}"#), .reply(200, details)],
            "GET /api/v1/requests/5/log": [.reply(404, "{}")],
        ]
        let waited = try await ClientRun()(["wait", "5"] + flags, StubTransport(answers))
        #expect(waited.exit.rawValue == exit)
        #expect(waited.output.contains(state))
        let isGood = ["SUCCEEDED", "FINISHED"].contains(state)
        #expect(waited.messages == (isGood ? "" : "escapement: request 5 ended \(state): disk full\n"))
        let submit = ["submit", "--definition", "d"]
        let submitted = try await ClientRun()(submit + ["--wait"] + flags, StubTransport(answers))
        #expect(submitted.exit.rawValue == exit)
        let followed = try await ClientRun()(submit + ["--follow"] + flags, StubTransport(answers))
        #expect(followed.exit.rawValue == exit)
    }

    @Test("A53 Waiting past --timeout gives 24, whatever hangs; without it waiting has no end")
    func timeout() async throws {
        let stub = StubTransport(["GET /requests/5": [.silence]])
        let run = ClientRun(timeIsOver: true)
        let result = try await run(["wait", "5", "--timeout", "3m"], stub)
        #expect(result.exit == .waitedTooLong)
        #expect(result.messages == "escapement: not done within 3m; nothing was cancelled\n")
        let get = try await run(["get", "5", "--timeout", "3m"], StubTransport(["GET /requests/5": [.silence]]))
        #expect(get.exit == .waitedTooLong)
    }

    @Test("A --timeout that is not over changes nothing")
    func unusedTimeout() async throws {
        let stub = StubTransport(["GET /requests/5": [.reply(200, #"{"requestId":5,"state":"SUCCEEDED"}"#)]])
        let result = try await ClientRun()(["wait", "5", "--timeout", "3m"], stub)
        #expect(result.exit == .done)
        #expect(result.pauses.isEmpty)
    }

    @Test("Errors of ours and of the parser end with the documented statuses")
    func programStatus() throws {
        #expect(CommandEnd.status(for: ClientFailure(exit: .conflict, message: "")) == .own(6))
        #expect(CommandEnd.status(for: ConfigurationFailure(problems: [])) == .own(78))
        for arguments in [
            ["request", "get"], ["request", "get", "x"], ["request", "gte", "1"], ["nonsense"],
            ["request", "get", "99999999999999999999"], ["request", "submit"], ["request", "get", "1", "--nonsense"],
            ["request", "submit", "--definition", "d", "--param", "x"], ["request", "log", "1", "--lines", "0"],
            ["request", "log", "1", "--follow", "--output", "json"], ["request", "list", "--state", "a b"],
            ["request", "list", "--output", "xml"], ["request", "wait", "1", "--timeout", "0"],
            ["request", "list", "--password-stdin"], ["request", "list", "--user", "a:b", "--password-stdin"],
            ["request", "list", "--user", "a", "--token-file", "t"],
            ["request", "list", "--user", "a", "--password-stdin", "--password-file", "p"],
        ] {
            let error = #expect(throws: (any Error).self) { try EscapementCommand.command(for: arguments) }
            #expect(error.map(CommandEnd.status(for:)) == .usage, "\(arguments)")
        }
    }
}
