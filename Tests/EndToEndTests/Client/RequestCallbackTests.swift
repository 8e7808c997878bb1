import Testing

@testable import escapement

@Suite("Commands about callbacks")
struct RequestCallbackTests {
    private static let path = "/requests/5/subscribe"
    private static let deliveries = "/api/v1/requests/5/deliveries"
    private static let item =
        #"{"channel":"callback","event":"REQUEST_ERROR","lastError":"no","lastStatus":500,"number":1,"#
        + #""status":"EXPIRED","tries":3}"#

    @Test("subscribe sends what the options say and shows where the request stands")
    func subscribe() async throws {
        let stub = StubTransport([
            "POST \(Self.path)": [.reply(200, #"{"links":[]}"#)],
            "GET /requests/5": [.reply(200, #"{"requestId":5,"state":"WAIT"}"#)],
        ])
        let words = [
            "subscribe", "5", "--url-prefix", "https://a.example.org", "--resource-path", "done",
            "--security-scheme", "OWSM_LPA", "--credential-key", "ledger",
        ]
        let result = try await ClientRun()(words, stub)
        #expect(result.exit == .done && result.output.contains("WAIT"))
        #expect(
            stub.calls.first?.body
                == #"{"callbackResourcePath":"done","callbackUrlPrefix":"https://a.example.org","#
                + #""ouath2ClientCsfKey":"ledger","securityScheme":"OWSM_LPA"}"#
        )
    }

    @Test("subscribe takes the client's secret from the first line of a private file or of standard input")
    func clientSecret() async throws {
        let stub = StubTransport([
            "POST \(Self.path)": [.reply(200, #"{"links":[]}"#)],
            "GET /requests/5": [.reply(200, #"{"requestId":5,"state":"WAIT"}"#)],
        ])
        var client = ClientRun()
        client.files = ["secret": "hush\nmore\n", "open": "# open", "empty": "\n"]
        client.standardInput = "piped\n"
        let words = [
            "subscribe", "5", "--url-prefix", "https://a.example.org", "--resource-path", "done", "--security-scheme",
            "OWSM_LPA", "--client-id", "me", "--client-secret-file",
        ]
        for (file, secret) in [("secret", "hush"), ("-", "piped")] {
            #expect(try await client(words + [file], stub).exit == .done)
            let subscription = try #require(stub.calls.last { $0.line.hasPrefix("POST") })
            #expect(subscription.body.contains(#""clientId":"me","clientSecret":"\#(secret)""#))
        }
        for file in ["open", "empty", "none"] {
            let result = try await client(words + [file], StubTransport([:]))
            #expect(result.exit == .usage && result.messages.contains(file), "\(file)")
        }
        #expect(throws: (any Error).self) {
            try EscapementCommand.command(for: ["request"] + words + ["-", "--user", "anna", "--password-stdin"])
        }
        _ = try EscapementCommand.command(for: ["request"] + words + ["secret", "--user", "anna", "--password-stdin"])
    }

    @Test("unsubscribe deletes the subscription; where there is none it says so")
    func unsubscribe() async throws {
        let stub = StubTransport([
            "DELETE \(Self.path)": [.reply(204, "")],
            "GET /requests/5": [.reply(200, #"{"requestId":5,"state":"WAIT"}"#)],
        ])
        #expect(try await ClientRun()(["unsubscribe", "5"], stub).exit == .done)
        #expect(stub.calls.first?.line == "DELETE \(Self.path)")
        let none = StubTransport(["DELETE \(Self.path)": [.reply(404, #"{"detail":"ESS-01021: none"}"#)]])
        #expect(try await ClientRun()(["unsubscribe", "5"], none).exit == .notFound)
    }

    @Test("deliveries prints a line for each; with --quiet the numbers of those that did not arrive")
    func list() async throws {
        let delivered = #"{"channel":"callback","event":"REQUEST_ERROR","number":2,"status":"DELIVERED","tries":1}"#
        let answers = [
            "GET \(Self.deliveries)": [
                StubTransport.Answer.reply(200, #"{"count":2,"items":[\#(Self.item),\#(delivered)]}"#)
            ]
        ]
        let table = try await ClientRun()(["deliveries", "5"], StubTransport(answers))
        #expect(table.output.contains("EXPIRED") && table.output.contains("DELIVERED"))
        #expect(try await ClientRun()(["deliveries", "5", "--quiet"], StubTransport(answers)).output == "1\n")
        let json = try await ClientRun()(["deliveries", "5", "--output", "json"], StubTransport(answers))
        #expect(json.output.hasPrefix(#"{"count":2,"#))
    }

    @Test("redeliver asks for one more try and shows the delivery")
    func redeliver() async throws {
        let stub = StubTransport(["POST \(Self.deliveries)/1/redeliver": [.reply(200, Self.item)]])
        let result = try await ClientRun()(["redeliver", "5", "1"], stub)
        #expect(result.exit == .done && result.output.contains("EXPIRED"))
    }
}
