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
