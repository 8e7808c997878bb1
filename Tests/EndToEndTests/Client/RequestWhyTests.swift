import Testing

@testable import escapement

@Suite("request why")
struct RequestWhyTests {
    private static let path = "GET /api/v1/requests/5/diagnosis"
    private static let blocked =
        #"{"blockers":[{"blockingRequestId":3,"code":"BLOCKED","text":"Wait for 3."},"#
        + #"{"code":"NO_FREE_THREAD","text":"All are in use."}],"diagnosticCode":"BLOCKED","requestId":5,"#
        + #""state":"BLOCKED","text":"Wait for 3."}"#
    private static let ended = #"{"blockers":[],"requestId":5,"state":"SUCCEEDED","text":"It has ended."}"#

    @Test("It prints a line for each reason, quiet the first code, as JSON the answer")
    func reasons() async throws {
        let answers: [String: [StubTransport.Answer]] = [Self.path: [.reply(200, Self.blocked)]]
        let result = try await ClientRun()(["why", "5"], StubTransport(answers))
        #expect(result.exit == .done)
        #expect(
            result.output == """
                REASON          TEXT
                BLOCKED         Wait for 3.
                NO_FREE_THREAD  All are in use.

                """
        )
        #expect(try await ClientRun()(["why", "5", "--quiet"], StubTransport(answers)).output == "BLOCKED\n")
        let json = try await ClientRun()(["why", "5", "--output", "json"], StubTransport(answers))
        #expect(json.output == Self.blocked + "\n")
    }

    @Test("Of what has ended it prints the state")
    func ended() async throws {
        let answers: [String: [StubTransport.Answer]] = [Self.path: [.reply(200, Self.ended)]]
        #expect(try await ClientRun()(["why", "5"], StubTransport(answers)).output == "SUCCEEDED  It has ended.\n")
        #expect(try await ClientRun()(["why", "5", "--quiet"], StubTransport(answers)).output == "SUCCEEDED\n")
        let strange = StubTransport([Self.path: [.reply(200, "{}")]])
        #expect(try await ClientRun()(["why", "5"], strange).exit == .other)
    }
}
