import Testing

@testable import escapement

@Suite("forecast list")
struct ForecastVerbTests {
    private static let answer = """
        {"count":2,"from":"2027-03-01T00:00:00.000Z","items":[\
        {"application":"Acme","endTime":"2027-03-01T06:02:00.000Z","jobDefinitionId":"JobDefinition://acme/Import",\
        "local":"2027-03-01T06:00:00+00:00","notes":[],"parentRequestId":10,"requestId":11,\
        "scheduledTime":"2027-03-01T06:00:00.000Z","startTime":"2027-03-01T06:00:00.000Z"},\
        {"application":"Acme","jobDefinitionId":"JobDefinition://acme/Import","notes":["SHIFT_CLOSED","ON_HOLD"],\
        "parentRequestId":10,"scheduledTime":"2027-03-01T18:00:00.000Z"}],\
        "nextFrom":"2027-03-01T20:00:00.000Z","time":"2027-03-01T00:00:00.000Z","to":"2027-03-02T00:00:00.000Z",\
        "truncated":true}
        """

    @Test("A table of starts and ends; what was left out is said with where to go on")
    func table() async throws {
        let stub = StubTransport(["GET /api/v1/forecast": [.reply(200, Self.answer)]])
        let result = try await ClientRun(noun: "forecast")(["list"], stub)
        #expect(result.exit == .done)
        #expect(
            result.output == """
                DUE                       STARTS                    ENDS                      \
                DEFINITION                   REQUEST  PARENT  NOTES
                2027-03-01T06:00:00.000Z  2027-03-01T06:00:00.000Z  2027-03-01T06:02:00.000Z  \
                JobDefinition://acme/Import  11       10
                2027-03-01T18:00:00.000Z                                                      \
                JobDefinition://acme/Import           10      SHIFT_CLOSED ON_HOLD

                """
        )
        #expect(
            result.messages
                == "escapement: more will start than is shown; go on with --from 2027-03-01T20:00:00.000Z\n"
        )
    }

    @Test("--from, --to and --q go along; --quiet prints what is due, json what came")
    func forms() async throws {
        let query = "?from=2027-03-01T00%3A00%2B01%3A00&to=2027-03-02T00%3A00Z&q=submitter%20eq%20%22anna%22"
        let stub = StubTransport(["GET /api/v1/forecast": [.reply(200, Self.answer)]])
        let arguments = [
            "list", "--from", "2027-03-01T00:00+01:00", "--to", "2027-03-02T00:00Z", "--q", #"submitter eq "anna""#,
        ]
        let quiet = try await ClientRun(noun: "forecast")(arguments + ["--quiet"], stub)
        #expect(quiet.output == "2027-03-01T06:00:00.000Z\n2027-03-01T18:00:00.000Z\n")
        let json = try await ClientRun(noun: "forecast")(arguments + ["--output", "json"], stub)
        #expect(json.output == Self.answer + "\n")
        #expect(stub.lines == Array(repeating: "GET /api/v1/forecast\(query)", count: 2))
    }

    @Test("A forecast that was broken off everywhere cannot be gone on with; bad input exits with 3")
    func others() async throws {
        let cut = #"{"count":0,"items":[],"truncated":true}"#
        let stub = StubTransport([
            "GET /api/v1/forecast": [
                .reply(200, cut),
                .reply(400, #"{"detail":"Incorrect timestamp format: from \"soon\"","errorCode":"ESS-00004"}"#),
            ]
        ])
        let result = try await ClientRun(noun: "forecast")(["list"], stub)
        #expect(result.messages.contains("choose a shorter stretch or a filter"))
        let refused = try await ClientRun(noun: "forecast")(["list", "--from", "soon"], stub)
        #expect(refused.exit == .badInput && refused.messages.contains("Incorrect timestamp"))
    }
}
