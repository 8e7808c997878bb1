import Testing

@testable import escapement

@Suite("Other request commands")
struct RequestVerbTests {
    @Test(
        "Each action calls its path and prints where the request stands",
        arguments: [
            ("cancel", "cancel"), ("force-cancel", "forceCancel"), ("hold", "hold"), ("release", "release"),
        ]
    )
    func actions(verb: String, path: String) async throws {
        let answers: [String: [StubTransport.Answer]] = [
            "POST /requests/5/\(path)": [.reply(200, #"{"links":[]}"#)],
            "GET /requests/5": [.reply(200, #"{"requestId":5,"state":"CANCELLING"}"#)],
        ]
        let stub = StubTransport(answers)
        let result = try await ClientRun()([verb, "5"], stub)
        #expect(result.exit == .done)
        #expect(result.output.contains("CANCELLING"))
        #expect(stub.calls.first?.line == "POST /requests/5/\(path)")
        #expect(stub.calls.first?.body == "")
        let quiet = try await ClientRun()([verb, "5", "--quiet"], StubTransport(answers))
        #expect(quiet.output == "CANCELLING\n")
        let json = try await ClientRun()([verb, "5", "--output", "json"], StubTransport(answers))
        #expect(json.output == #"{"requestId":5,"state":"CANCELLING"}"# + "\n")
    }

    @Test(
        "What an operator decides is sent as it must be",
        arguments: [
            (["priority", "5", "9"], "priority", #"{"priority":9}"#),
            (
                ["recover", "5", "--outcome", "retry", "--reason", "why not"], "recover",
                #"{"outcome":"RETRY","reason":"why not"}"#
            ),
            (["recover", "5", "--outcome", "ERROR"], "recover", #"{"outcome":"ERROR"}"#),
            (
                ["complete", "5", "--status", "success", "--message", "done"], "complete",
                #"{"attestation":true,"status":"SUCCESS","statusMessage":"done"}"#
            ),
        ]
    )
    func decisions(words: [String], name: String, body: String) async throws {
        let path = "/api/v1/requests/5/\(name)"
        let stub = StubTransport([
            "POST \(path)": [.reply(200, #"{"links":[]}"#)],
            "GET /requests/5": [.reply(200, #"{"requestId":5,"state":"WAIT"}"#)],
        ])
        let result = try await ClientRun()(words, stub)
        #expect(result.exit == .done)
        #expect(result.output.contains("WAIT"))
        #expect(stub.calls.first?.line == "POST \(path)" && stub.calls.first?.body == body)
    }

    @Test("An action of somebody who may not read the request succeeds all the same")
    func unreadable() async throws {
        let stub = StubTransport([
            "POST /requests/5/hold": [.reply(200, #"{"links":[]}"#)], "GET /requests/5": [.reply(403, "{}")],
        ])
        let result = try await ClientRun()(["hold", "5", "--output", "json"], stub)
        #expect(result.exit == .done)
        #expect(result.output == #"{"requestId":5}"# + "\n")
    }

    @Test("A refused action tells why and shows nothing")
    func refusedAction() async throws {
        let detail = "ESS-01015: Request 5 is CANCELLING; forceCancel is allowed from 2027-03-01T09:55:30.250Z on."
        let stub = StubTransport(["POST /requests/5/forceCancel": [.reply(400, #"{"detail":"\#(detail)"}"#)]])
        let result = try await ClientRun()(["force-cancel", "5"], stub)
        #expect(result.exit == .badInput)
        #expect(result.messages == "escapement: \(detail)\n")
        #expect(result.output.isEmpty)
    }

    @Test("delete prints nothing, as JSON the id")
    func delete() async throws {
        let answers: [String: [StubTransport.Answer]] = ["DELETE /requests/5": [.reply(204, "")]]
        #expect(try await ClientRun()(["delete", "5"], StubTransport(answers)).output.isEmpty)
        let json = try await ClientRun()(["delete", "5", "--output", "json"], StubTransport(answers))
        #expect(json.output == #"{"requestId":5}"# + "\n")
    }

    @Test("get prints all members but the links")
    func get() async throws {
        let body =
            #"{"isCancellable":true,"links":[{"href":"x","rel":"self"}],"priority":4,"requestId":5,"#
            + #""requestParameters":[{"name":"a","value":"1"},{"name":"b"}],"state":"WAIT"}"#
        let answers: [String: [StubTransport.Answer]] = ["GET /requests/5": [.reply(200, body)]]
        let result = try await ClientRun()(["get", "5"], StubTransport(answers))
        #expect(
            result.output == """
                requestId          5
                state              WAIT
                isCancellable      true
                priority           4
                requestParameters  a=1, b=

                """
        )
        #expect(try await ClientRun()(["get", "5", "--quiet"], StubTransport(answers)).output == "WAIT\n")
        let json = try await ClientRun()(["get", "5", "--output", "json"], StubTransport(answers))
        #expect(json.output == body + "\n")
    }

    @Test("list sends its filter encoded and prints a row for each request")
    func list() async throws {
        let body = #"{"count":2,"items":[{"requestId":5,"state":"WAIT"},{"requestId":60,"state":"HOLD"}]}"#
        let answers: [String: [StubTransport.Answer]] = ["GET /requests": [.reply(200, body)]]
        let stub = StubTransport(answers)
        let filter = #"submitter eq "anna+é" or priority gt 4"#
        let result = try await ClientRun()(["list", "--q", filter, "--state", "hold"], stub)
        #expect(
            stub.lines == [
                "GET /requests?q=state%20eq%20%22HOLD%22%20and%20%28submitter%20eq%20%22anna%2B%C3%A9%22%20or%20"
                    + "priority%20gt%204%29&fields=requestId%2Cstate%2CjobDefinitionId%2Csubmitter%2C"
                    + "submissionTime%2CcompletedTime"
            ]
        )
        #expect(result.output.split(separator: "\n").count == 3)
        #expect(try await ClientRun()(["list", "--quiet"], StubTransport(answers)).output == "5\n60\n")
        let plain = StubTransport(answers)
        let json = try await ClientRun()(["list", "--output", "json"], plain)
        #expect(json.output == body + "\n")
        #expect(plain.lines == ["GET /requests"])
    }

    @Test("list says when there may be more")
    func fullPage() async throws {
        let items = Array(repeating: #"{"requestId":5}"#, count: 200).joined(separator: ",")
        let stub = StubTransport(["GET /requests": [.reply(200, #"{"items":[\#(items)]}"#)]])
        let result = try await ClientRun()(["list"], stub)
        #expect(result.messages.contains("only the first 200") && result.messages.contains("--page 2"))
    }

    @Test("list asks for a page, or for the requests of an application")
    func pages() async throws {
        for (words, line) in [
            (["--page", "3"], "GET /requests/search/3"),
            (["--application", "G/l ä"], "GET /query/G%2Fl%20%C3%A4/requests"),
            (["--application", "Gl", "--page", "2"], "GET /query/Gl/requests?pageIndex=2"),
            (["--page", "2", "--state", "wait"], "GET /requests/search/2?q=state%20eq%20%22WAIT%22"),
        ] {
            let path = line.split(separator: "?").first.map(String.init) ?? line
            let stub = StubTransport([path: [.reply(200, #"{"items":[{"requestId":7}]}"#)]])
            let result = try await ClientRun()(["list", "--output", "json"] + words, stub)
            #expect(result.exit == .done)
            #expect(stub.lines == [line])
        }
        await #expect(throws: (any Error).self) { try await ClientRun()(["list", "--page", "0"], StubTransport([:])) }
    }

    @Test("permissions prints what one may do, with --quiet only what is held")
    func permissions() async throws {
        let body = #"{"permissions":{"ESS_REQUEST_READ":true,"ESS_REQUEST_HOLD":false},"requestId":5}"#
        let answers: [String: [StubTransport.Answer]] = ["GET /requests/5/permissions": [.reply(200, body)]]
        let table = try await ClientRun()(["permissions", "5"], StubTransport(answers))
        #expect(table.output == "RIGHT             HELD\nESS_REQUEST_HOLD  no\nESS_REQUEST_READ  yes\n")
        let quiet = try await ClientRun()(["permissions", "5", "--quiet"], StubTransport(answers))
        #expect(quiet.output == "ESS_REQUEST_READ\n")
        let json = try await ClientRun()(["permissions", "5", "--output", "json"], StubTransport(answers))
        #expect(json.output.contains(#""ESS_REQUEST_READ":true"#))
    }

    @Test("Text of others cannot command the terminal")
    func hostileText() async throws {
        let state = #"RUN\u001b[2JNING\u0007\n\u009b5m"#
        let stub = StubTransport(["GET /requests/5": [.reply(200, #"{"requestId":5,"state":"\#(state)"}"#)]])
        let result = try await ClientRun()(["get", "5"], stub)
        #expect(result.output == "requestId  5\nstate      RUNNING 5m\n")
        let clean = TerminalText.harmless(Array("a\u{1B}[31;1mred\u{1B}]0;x\u{7}\u{9B}\u{7F}\r\n\té".utf8))
        #expect(String(decoding: clean, as: UTF8.self) == "ared]0;x\n\té")
    }

    @Test("Progress is shown on a terminal only, and taken away at the end")
    func progress() async throws {
        let answers: [String: [StubTransport.Answer]] = [
            "GET /requests/5": [
                .reply(200, #"{"processPhase":"ExecuteAsyncWait","state":"RUNNING"}"#),
                .reply(200, #"{"requestId":5,"state":"SUCCEEDED"}"#),
            ]
        ]
        let terminal = try await ClientRun(messagesAreTerminal: true)(["wait", "5"], StubTransport(answers))
        #expect(terminal.messages.contains("request 5: RUNNING, ExecuteAsyncWait"))
        #expect(terminal.messages.hasSuffix("\r\u{1B}[K"))
        #expect(try await ClientRun()(["wait", "5"], StubTransport(answers)).messages.isEmpty)
        let quiet = ClientRun(messagesAreTerminal: true)
        let silent = try await quiet(["wait", "5", "--quiet"], StubTransport(answers)).messages
        #expect(!silent.contains("RUNNING"))
    }

    @Test("Waiting looks often at first and then less, and survives a server that restarts")
    func pauses() async throws {
        let running = StubTransport.Answer.reply(200, #"{"state":"RUNNING"}"#)
        let stub = StubTransport([
            "GET /requests/5": Array(repeating: running, count: 8)
                + [.noConnection, .reply(503, ""), .reply(200, #"{"requestId":5,"state":"SUCCEEDED"}"#)]
        ])
        let result = try await ClientRun()(["wait", "5"], stub)
        #expect(result.exit == .done)
        #expect(result.pauses.prefix(2) == [.milliseconds(200), .milliseconds(300)])
        #expect(result.pauses[7] == RequestWaiter.longestPause)
        #expect(result.messages == "escapement: no answer from stub; trying again\n")
    }

    @Test("Waiting gives up when the server stays away")
    func serverStaysAway() async throws {
        let stub = StubTransport(["GET /requests/5": [.noConnection]])
        let result = try await ClientRun()(["wait", "5"], stub)
        #expect(result.exit == .unavailable)
        #expect(stub.calls.count == RequestWaiter.failuresMax + 1)
        let away = result.pauses.reduce(Duration.zero, +)
        #expect((.seconds(45)...(.seconds(90))).contains(away))
    }
}
