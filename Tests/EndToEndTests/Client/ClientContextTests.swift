import Testing

@testable import escapement

@Suite("Contexts of the client")
struct ClientContextTests {
    private static let done = ["GET /requests/5": [StubTransport.Answer.reply(200, #"{"requestId":5,"state":"WAIT"}"#)]]
    private static let path = "/var/anna/.config/escapement/cli.yaml"
    private static let contexts = """
        current: near
        contexts:
          near: {url: "http://127.0.0.1:8081", user: anna, passwordFile: /p}
          far: {url: "https://sched.example.org", tokenFile: /t}
        """

    private func run(_ file: String?, _ environment: [String: String] = [:]) -> ClientRun {
        var files = ["/p": "swordfish\n", "/t": "escp_x\n"]
        files[Self.path] = file
        return ClientRun(environment: environment.merging(["HOME": "/var/anna"]) { $1 }, files: files)
    }

    private func options(_ flags: [String]) throws -> ConnectionOptions {
        try #require(try EscapementCommand.command(for: ["request", "list"] + flags) as? RequestList).connection
    }

    @Test("A context says who signs in; --context takes another than the current one, flags win")
    func credentials() async throws {
        let stub = StubTransport(Self.done)
        let run = run(Self.contexts)
        #expect(try await run(["get", "5"], stub).exit == .done)
        #expect(try await run(["get", "5", "--context", "far"], stub).exit == .done)
        #expect(try await run(["get", "5", "--user", "olga", "--password-file", "/p"], stub).exit == .done)
        let olga = "Basic b2xnYTpzd29yZGZpc2g="
        #expect(stub.calls.map(\.authorization) == ["Basic YW5uYTpzd29yZGZpc2g=", "Bearer escp_x", olga])
    }

    @Test("The address comes from the flag, else the variable, else the context")
    func addresses() throws {
        let surroundings = run(Self.contexts).surroundings
        let context = try ClientContext.load("far", surroundings)
        #expect(context == ClientContext(url: "https://sched.example.org", tokenFile: "/t"))
        var set = surroundings
        set.environment["ESCAPEMENT_URL"] = "http://variable:1"
        let plain = try options([])
        let flagged = try options(["--url", "http://flag:2"])
        #expect(try plain.server(surroundings, context: context).text == "https://sched.example.org")
        #expect(try plain.server(set, context: context).text == "http://variable:1")
        #expect(try flagged.server(set, context: context).text == "http://flag:2")
    }

    @Test("Without a file there is no context, and asking for one is an error")
    func noFile() async throws {
        let stub = StubTransport(Self.done)
        #expect(try await run(nil)(["get", "5"], stub).exit == .done)
        #expect(try await run(nil)(["get", "5", "--context", "near"], stub).exit == .configuration)
        #expect(try await ClientRun()(["get", "5", "--context", "near"], stub).exit == .usage)
        #expect(stub.calls.count == 1)
    }

    @Test(
        "A file that is not as it must be is named, and nothing is sent",
        arguments: [
            ("# open\ncontexts: {}", "chmod 600"), ("contexts: [", "YAML"), ("just text", "YAML"),
            ("context: {}", "unknown member context"), ("current: gone\ncontexts: {}", "no context gone"),
            ("current: a\ncontexts: {a: {password: secret-word}}", "password is none of"),
        ]
    )
    func faults(file: String, problem: String) async throws {
        let stub = StubTransport(Self.done)
        let result = try await run(file)(["get", "5"], stub)
        #expect(result.exit == .configuration && result.messages.contains(problem), "\(result.messages)")
        #expect(result.messages.contains(Self.path) && !result.messages.contains("secret-word"))
        #expect(stub.calls.isEmpty)
    }

    @Test("The file may lie where XDG_CONFIG_HOME says")
    func configurationHome() throws {
        let run = ClientRun(
            environment: ["HOME": "/var/anna", "XDG_CONFIG_HOME": "/etc/anna"],
            files: ["/etc/anna/escapement/cli.yaml": "contexts: {a: {user: olga}}"]
        )
        #expect(try ClientContext.load("a", run.surroundings) == ClientContext(user: "olga"))
    }

    @Test("Certificates that cannot be used are wrong usage", arguments: ["/dev/null", "/no/such/file.pem"])
    func certificates(path: String) async throws {
        let failure = await #expect(throws: ClientFailure.self) {
            try await NetworkTransport.use(caFile: path) { _ in }
        }
        #expect(failure?.exit == .usage && failure?.message.contains(path) == true)
    }

    @Test("An unknown context is a mistake of the call")
    func unknownContext() async throws {
        let result = try await run(Self.contexts)(["get", "5", "--context", "nowhere"], StubTransport(Self.done))
        #expect(result.exit == .usage && result.messages.contains("nowhere"))
    }

    @Test("What cannot be undone asks at a terminal, unless --yes", arguments: ["delete", "force-cancel"])
    func confirmation(verb: String) async throws {
        let answers: [String: [StubTransport.Answer]] = [
            "DELETE /requests/5": [.reply(204, "")],
            "POST /requests/5/forceCancel": [.reply(200, #"{"links":[]}"#)],
            "GET /requests/5": [.reply(200, #"{"requestId":5,"state":"CANCELLED"}"#)],
        ]
        let refused = StubTransport(answers)
        let result = try await ClientRun(agrees: false)([verb, "5"], refused)
        #expect(result.exit == .other && result.messages.contains("nothing was done"))
        #expect(refused.calls.isEmpty)
        for run in [ClientRun(agrees: true), ClientRun(agrees: nil)] {
            #expect(try await run([verb, "5"], StubTransport(answers)).exit == .done)
        }
        #expect(try await ClientRun(agrees: false)([verb, "5", "--yes"], StubTransport(answers)).exit == .done)
    }
}
