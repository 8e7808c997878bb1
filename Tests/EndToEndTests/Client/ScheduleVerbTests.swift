import Testing

@testable import escapement

@Suite("schedule preview, request submit with a schedule or for a job")
struct ScheduleVerbTests {
    private static let created = StubTransport.Answer.reply(201, #"{"id":300010,"links":[],"requestId":300010}"#)
    private static let submit = ["submit", "--definition", "acme/Post"]
    private static let preview = "POST /api/v1/schedules/preview"
    private static let answer = """
        {"instants":[{"local":"2027-03-28T03:00:00+02:00","notes":["GAP_SHIFTED"],"utc":"2027-03-28T01:00:00.000Z"},\
        {"local":"2027-03-29T02:30:00+02:00","notes":["EXCLUDED"],"utc":"2027-03-29T00:30:00.000Z"}],\
        "text":"Every day at 02:30:00."}
        """

    @Test("The preview of rules is a table of their instants, and says what the rules mean")
    func rules() async throws {
        let stub = StubTransport([Self.preview: [.reply(200, Self.answer)]])
        let arguments = [
            "preview", "--rule", "FREQ=DAILY;BYHOUR=2", "--rule", "FREQ=HOURLY", "--timezone", "Europe/Berlin",
            "--from", "2027-03-28T00:00", "--to", "2027-03-30T00:00", "--max", "5",
        ]
        let result = try await ClientRun(noun: "schedule")(arguments, stub)
        #expect(result.exit == .done)
        #expect(
            result.output == """
                UTC                       LOCAL                      NOTES
                2027-03-28T01:00:00.000Z  2027-03-28T03:00:00+02:00  GAP_SHIFTED
                2027-03-29T00:30:00.000Z  2027-03-29T02:30:00+02:00  EXCLUDED

                """
        )
        #expect(result.messages == "escapement: Every day at 02:30:00.\n")
        #expect(
            stub.calls.map(\.body) == [
                #"{"from":"2027-03-28T00:00","max":5,"schedule":{"recurrences":["#
                    + #"{"icalString":"FREQ=DAILY;BYHOUR=2"},{"icalString":"FREQ=HOURLY"}],"#
                    + #""timezone":"Europe/Berlin"},"to":"2027-03-30T00:00"}"#
            ]
        )
    }

    @Test("A stored schedule is named by its id; --quiet prints what will be made, json what came")
    func stored() async throws {
        let stub = StubTransport([Self.preview: [.reply(200, Self.answer)]])
        let quiet = try await ClientRun(noun: "schedule")(["preview", "acme/Daily", "--quiet"], stub)
        #expect(quiet.output == "2027-03-28T01:00:00.000Z\n" && quiet.messages.isEmpty)
        #expect(stub.calls.map(\.body) == [#"{"max":20,"scheduleId":"acme/Daily"}"#])
        let json = try await ClientRun(noun: "schedule")(["preview", "acme/Daily", "--output", "json"], stub)
        #expect(json.output == Self.answer + "\n")
    }

    @Test("A preview of nothing, of both, or of too much is a mistake of usage")
    func mistakes() {
        for arguments in [
            [], ["acme/Daily", "--rule", "FREQ=DAILY"], ["acme/Daily", "--timezone", "UTC"],
            ["acme/Daily", "--max", "1001"], ["acme/Daily", "--max", "0"],
        ] {
            #expect(throws: (any Error).self) {
                try EscapementCommand.command(for: ["schedule", "preview"] + arguments)
            }
        }
    }

    @Test("--schedule takes the id of a stored schedule or a rule")
    func schedule() async throws {
        let stub = StubTransport(["POST /requests": [Self.created]])
        _ = try await ClientRun()(Self.submit + ["--schedule", "Schedule://acme/Daily"], stub)
        let rule = ["--schedule", "FREQ=DAILY;BYHOUR=6", "--start", "2027-03-01T00:00:00Z"]
        let result = try await ClientRun()(Self.submit + rule, stub)
        #expect(result.output == "300010\n")
        #expect(
            stub.calls.map(\.body) == [
                #"{"jobDefinitionId":"acme/Post","scheduleId":"Schedule://acme/Daily"}"#,
                #"{"jobDefinitionId":"acme/Post","schedule":{"recurrences":[{"icalString":"FREQ=DAILY;BYHOUR=6"}]},"#
                    + #""startTime":"2027-03-01T00:00:00Z"}"#,
            ]
        )
    }

    @Test("--sub-request calls as the running job: its server, its handle, and no credentials")
    func subRequest() async throws {
        let stub = StubTransport(["POST /requests": [Self.created]])
        let run = ClientRun(environment: [
            "ESS_BASE_URL": "https://sched.example.org/ess/rest/scheduler/v1",
            "ESS_REQUEST_CONTEXT": "300001,handle,with-comma", "ESCAPEMENT_TOKEN": "t", "ESCAPEMENT_URL": "http://no",
        ])
        let result = try await run(Self.submit + ["--sub-request"], stub)
        #expect(result.exit == .done && result.output == "300010\n")
        #expect(stub.calls.map(\.authorization) == [nil])
        #expect(
            stub.calls.map(\.body) == [
                #"{"jobDefinitionId":"acme/Post","requestExecutionContext":"#
                    + #"{"requestHandle":"handle,with-comma","requestId":300001}}"#
            ]
        )
        for more in [["--wait"], ["--follow"], ["--start", "2027-03-01T00:00:00Z"], ["--schedule", "acme/Daily"]] {
            #expect(throws: (any Error).self) {
                try EscapementCommand.command(for: ["request"] + Self.submit + ["--sub-request"] + more)
            }
        }
    }

    @Test("Outside a job --sub-request says what it lacks, and calls nobody")
    func outsideOfJobs() async throws {
        let base = "http://127.0.0.1:8080/ess/rest/scheduler/v1"
        for environment in [
            [:], ["ESS_BASE_URL": base], ["ESS_BASE_URL": base, "ESS_REQUEST_CONTEXT": "x,y"],
            ["ESS_BASE_URL": "http://127.0.0.1:8080/other", "ESS_REQUEST_CONTEXT": "1,h"],
        ] {
            let stub = StubTransport(["POST /requests": [Self.created]])
            let result = try await ClientRun(environment: environment)(Self.submit + ["--sub-request"], stub)
            #expect(result.exit == .configuration && stub.calls.isEmpty)
            #expect(result.messages.contains("ESS_"))
        }
    }
}
