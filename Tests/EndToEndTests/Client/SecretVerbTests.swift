import Testing

@testable import escapement

@Suite("Secret commands")
struct SecretVerbTests {
    private static let stored =
        #"{"definitions":["acme.gl.*","acme.JobDefinition.Sync"],"name":"ledger","updatedBy":"adam","#
        + #""updatedTime":"2027-03-01T09:10:00.000Z"}"#

    private var secret = ClientRun(noun: "secret")

    init() { secret.files = ["value": "me:mine\r\n", "open": "# open", "lines": "a\nb\n"] }

    @Test("set takes the value from a file or standard input, without the line end at its end")
    func set() async throws {
        let stub = StubTransport(["PUT /api/v1/secrets/ledger": [.reply(201, Self.stored)]])
        let result = try await secret(
            ["set", "ledger", "--value-file", "value", "--definitions", "acme.gl.*", "JobDefinition://acme/Sync"],
            stub
        )
        #expect(result.exit == .done)
        #expect(
            result.output == """
                NAME    DEFINITIONS                        UPDATED BY  UPDATED
                ledger  acme.gl.* acme.JobDefinition.Sync  adam        2027-03-01T09:10:00.000Z

                """
        )
        var piped = secret
        piped.standardInput = "two\nlines\n"
        #expect(try await piped(["set", "ledger", "--value-file", "-", "--no-definitions"], stub).exit == .done)
        #expect(
            stub.calls.map(\.body) == [
                #"{"definitions":["acme.gl.*","JobDefinition://acme/Sync"],"value":"me:mine"}"#,
                #"{"definitions":[],"value":"two\nlines"}"#,
            ]
        )
    }

    @Test("set keeps the definitions of a secret that is there; of a new one they must be said")
    func keep() async throws {
        let stub = StubTransport([
            "GET /api/v1/secrets/ledger": [.reply(200, Self.stored)],
            "PUT /api/v1/secrets/ledger": [.reply(200, Self.stored)],
            "GET /api/v1/secrets/new": [.reply(404, #"{"errorCode":"ESS-30001","detail":"no"}"#)],
        ])
        #expect(try await secret(["set", "ledger", "--value-file", "value"], stub).exit == .done)
        #expect(stub.calls.last?.body == #"{"definitions":["acme.gl.*","acme.JobDefinition.Sync"],"value":"me:mine"}"#)
        let new = try await secret(["set", "new", "--value-file", "value"], stub)
        #expect(new.exit == .usage && new.messages.contains("--no-definitions"))
        #expect(stub.lines.count == 3)
    }

    @Test("A file that others may read, or that is not there, and a bad pattern end the command before a call")
    func refusals() async throws {
        let stub = StubTransport([:])
        for file in ["open", "none"] {
            let result = try await secret(["set", "ledger", "--value-file", file], stub)
            #expect(result.exit == .usage && result.messages.contains(file))
        }
        let bad = [
            ["--definitions", "a b"], ["--definitions", "*", "--no-definitions"],
            ["--user", "adam", "--password-stdin", "--no-definitions"],
        ]
        for options in bad {
            #expect(throws: (any Error).self, "\(options)") {
                try EscapementCommand.command(for: ["secret", "set", "a", "--value-file", "-"] + options)
            }
        }
        #expect(stub.calls.isEmpty)
    }

    @Test("list and get show all but values, delete asks first; a refusal has its exit status")
    func others() async throws {
        let stub = StubTransport([
            "GET /api/v1/secrets": [.reply(200, #"{"count":1,"items":[\#(Self.stored)]}"#)],
            "GET /api/v1/secrets/ledger": [.reply(200, Self.stored)],
            "DELETE /api/v1/secrets/ledger": [
                .reply(204, ""), .reply(404, #"{"errorCode":"ESS-30001","detail":"no"}"#),
            ],
        ])
        #expect(try await secret(["list", "--quiet"], stub).output == "ledger\n")
        #expect(try await secret(["get", "ledger", "--output", "json"], stub).output == Self.stored + "\n")
        var asked = secret
        asked.agrees = false
        #expect(try await asked(["delete", "ledger"], stub).exit == .other)
        #expect(stub.lines.count == 2)
        #expect(try await secret(["delete", "ledger", "--yes"], stub).exit == .done)
        #expect(try await secret(["delete", "ledger", "--yes"], stub).exit == .notFound)
    }
}
