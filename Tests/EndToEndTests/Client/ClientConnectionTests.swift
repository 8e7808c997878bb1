import Testing

@testable import escapement

@Suite("Connection of the client")
struct ClientConnectionTests {
    private static let done = ["GET /requests/5": [StubTransport.Answer.reply(200, #"{"requestId":5,"state":"WAIT"}"#)]]

    @Test(
        "A password comes from a file, standard input or the terminal; its line end is not part of it",
        arguments: [
            (["--password-file", "/p"], "swordfish\n", "", nil), (["--password-file", "/p"], "swordfish", "", nil),
            (["--password-file", "/p"], "swordfish\r\nsecond line\n", "", nil),
            (["--password-stdin"], "", "swordfish\n", nil), ([], "", "", "swordfish"),
        ] as [([String], String, String, String?)]
    )
    func passwords(flags: [String], file: String, input: String, typed: String?) async throws {
        let stub = StubTransport(Self.done)
        let run = ClientRun(files: ["/p": file], standardInput: input, typed: typed)
        let result = try await run(["get", "5", "--user", "anna"] + flags, stub)
        #expect(result.exit == .done)
        // anna:swordfish
        #expect(stub.calls.map(\.authorization) == ["Basic YW5uYTpzd29yZGZpc2g="])
        #expect(!(result.output + result.messages).contains("swordfish"))
    }

    @Test(
        "Without a usable password nothing is sent",
        arguments: [
            ["--user", "anna"], ["--user", "anna", "--password-file", "/none"],
            ["--user", "anna", "--password-file", "/empty"], ["--user", "anna", "--password-stdin"],
            ["--token-file", "/none"],
        ]
    )
    func noPassword(flags: [String]) async throws {
        let stub = StubTransport(Self.done)
        let result = try await ClientRun(files: ["/empty": "\n"])(["get", "5"] + flags, stub)
        #expect(result.exit == .usage)
        #expect(try await ClientRun(typed: "")(["get", "5", "--user", "anna"], stub).exit == .usage)
        #expect(stub.calls.isEmpty)
    }

    @Test("A token comes from a file or ESCAPEMENT_TOKEN; --user wins against the variable")
    func tokens() async throws {
        let run = ClientRun(environment: ["ESCAPEMENT_TOKEN": "escp_v"], files: ["/t": "escp_f\n", "/p": "swordfish"])
        let stub = StubTransport(Self.done)
        _ = try await run(["get", "5"], stub)
        _ = try await run(["get", "5", "--token-file", "/t"], stub)
        _ = try await run(["get", "5", "--user", "anna", "--password-file", "/p"], stub)
        #expect(
            stub.calls.map(\.authorization) == ["Bearer escp_v", "Bearer escp_f", "Basic YW5uYTpzd29yZGZpc2g="]
        )
    }

    @Test("The password of the first start is never taken by itself, and 401 tells what to do")
    func noImplicitAdmin() async throws {
        let stub = StubTransport([
            "GET /requests/5": [.reply(401, #"{"detail":"ESS-02001: Authentication is required"}"#)]
        ])
        let run = ClientRun(environment: ["ESCAPEMENT_ADMIN_PASSWORD": "swordfish"])
        let result = try await run(["get", "5"], stub)
        #expect(result.exit == .denied)
        #expect(stub.calls.map(\.authorization) == [nil])
        #expect(result.messages.contains("--user"))
    }

    @Test("The server is --url, else ESCAPEMENT_URL, else the local one")
    func servers() async throws {
        let run = ClientRun(environment: ["ESCAPEMENT_URL": "https://sched.example.org/base/"])
        let options = try #require(try EscapementCommand.command(for: ["request", "get", "5"]) as? RequestGet)
            .connection
        #expect(try options.server(ClientRun().surroundings, context: ClientContext()).text == "http://127.0.0.1:8080")
        #expect(try options.server(run.surroundings, context: ClientContext()).text == "https://sched.example.org/base")
        let stub = StubTransport(["GET /base/requests/5": [.reply(200, "{}")]])
        #expect(try await run(["get", "5"], stub).exit == .done)
        #expect(try await run(["get", "5", "--url", "http://localhost:1/base"], stub).exit == .done)
    }

    @Test("A bad --url is wrong usage, a bad ESCAPEMENT_URL wrong configuration")
    func badServers() async throws {
        let stub = StubTransport([:])
        #expect(try await ClientRun()(["get", "5", "--url", "localhost:8080"], stub).exit == .usage)
        let run = ClientRun(environment: ["ESCAPEMENT_URL": "http://anna:swordfish@localhost"])
        let result = try await run(["get", "5"], stub)
        #expect(result.exit == .configuration)
        #expect(!result.messages.contains("swordfish"))
        #expect(stub.calls.isEmpty)
    }

    @Test("Signing in to another host without TLS is warned about")
    func plainHTTP() async throws {
        let run = ClientRun(files: ["/p": "swordfish"])
        let flags = ["get", "5", "--user", "anna", "--password-file", "/p"]
        let stub = StubTransport(Self.done)
        #expect(try await run(flags + ["--url", "http://sched.example.org"], stub).messages.contains("without TLS"))
        #expect(try await run(flags + ["--url", "https://sched.example.org"], stub).messages.isEmpty)
        #expect(try await run(flags + ["--url", "http://localhost"], stub).messages.isEmpty)
        #expect(try await run(flags + ["--url", "http://sched.example.org", "--quiet"], stub).messages.isEmpty)
    }

    @Test("hash-password takes the first line of standard input and refuses what is no password")
    func hashPassword() throws {
        let text = try HashPasswordCommand.hash(ClientRun(standardInput: "correct horse\r\nmore\n").surroundings)
        #expect(text.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        #expect(throws: ClientFailure.self) { try HashPasswordCommand.hash(ClientRun(typed: "").surroundings) }
        for input in ["", "\n", "\nx\n", String(repeating: "x", count: 1025)] {
            #expect(throws: ClientFailure.self) {
                try HashPasswordCommand.hash(ClientRun(standardInput: input).surroundings)
            }
        }
    }
}
