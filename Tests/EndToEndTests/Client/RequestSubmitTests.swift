import HTTPTypes
import Testing

@testable import escapement

@Suite("request submit")
struct RequestSubmitTests {
    private static let created = StubTransport.Answer.reply(201, #"{"id":300010,"links":[],"requestId":300010}"#)
    private static let submit = ["submit", "--definition", "JobDefinition://acme/gl/Post"]

    @Test("Submitting sends definition, parameters and start, and prints the id")
    func body() async throws {
        let stub = StubTransport(["POST /requests": [Self.created]])
        let arguments = [
            "--param", "submit.argument1=US", "--param", "n:INTEGER=5", "--param", "empty=", "--param", "eq=a=b",
            "--param", "odd:name=x", "--start", "2027-03-01T09:10:00Z",
        ]
        let result = try await ClientRun()(Self.submit + arguments, stub)
        #expect(result.exit == .done)
        #expect(result.output == "300010\n")
        #expect(result.messages.isEmpty)
        #expect(
            stub.calls.map(\.body) == [
                #"{"jobDefinitionId":"JobDefinition://acme/gl/Post","requestParameters":["#
                    + #"{"name":"submit.argument1","value":"US"},"#
                    + #"{"name":"n","paramType":"INTEGER","value":"5"},"#
                    + #"{"name":"empty","value":""},{"name":"eq","value":"a=b"},{"name":"odd:name","value":"x"}],"#
                    + #""startTime":"2027-03-01T09:10:00Z"}"#
            ]
        )
    }

    @Test("With --output json the answer is passed on")
    func json() async throws {
        let stub = StubTransport(["POST /requests": [Self.created]])
        let result = try await ClientRun()(Self.submit + ["--output", "json"], stub)
        #expect(result.output == #"{"id":300010,"links":[],"requestId":300010}"# + "\n")
    }

    @Test("A parameter that the server misses a type for becomes STRING, the others keep the declared type")
    func undeclaredParameter() async throws {
        func refusal(_ name: String) -> StubTransport.Answer {
            let detail = "ESS-05003: paramType of \(name) is required"
            return .reply(400, #"{"detail":"\#(detail)","errorCode":"ESS-05003","status":400}"#)
        }
        let stub = StubTransport(["POST /requests": [refusal("free"), refusal("other"), Self.created]])
        let arguments = ["--param", "declared=1", "--param", "free=x", "--param", "other=y"]
        let result = try await ClientRun()(Self.submit + arguments, stub)
        #expect(result.exit == .done)
        #expect(stub.calls.count == 3)
        #expect(
            stub.calls.last?.body.hasSuffix(
                #"[{"name":"declared","value":"1"},{"name":"free","paramType":"STRING","value":"x"},"#
                    + #"{"name":"other","paramType":"STRING","value":"y"}]}"#
            ) == true
        )
    }

    @Test("Other refusals, and one that repeats itself, are not tried again")
    func refusalsEnd() async throws {
        let unnamed = #"{"detail":"ESS-05003: paramType is required","errorCode":"ESS-05003"}"#
        let stub = StubTransport(["POST /requests": [.reply(400, unnamed)]])
        #expect(try await ClientRun()(Self.submit + ["--param", "a=1"], stub).exit == .badInput)
        #expect(stub.calls.count == 2)
        let other = #"{"detail":"ESS-05003: jobDefinitionId is required","errorCode":"ESS-05003"}"#
        let second = StubTransport(["POST /requests": [.reply(400, other)]])
        #expect(try await ClientRun()(Self.submit + ["--param", "a=1"], second).exit == .badInput)
        #expect(second.calls.count == 1)
    }

    @Test("A submission is never sent again after a lost connection: it may have arrived")
    func lostConnection() async throws {
        let stub = StubTransport(["POST /requests": [.noConnection]])
        #expect(try await ClientRun()(Self.submit + ["--wait"], stub).exit == .unavailable)
        #expect(stub.calls.count == 1)
    }

    @Test("--wait names the id at once and prints the request when it has ended")
    func wait() async throws {
        let end = #"{"jobDefinitionId":"d","requestId":300010,"state":"SUCCEEDED","submitter":"anna"}"#
        let answers: [String: [StubTransport.Answer]] = [
            "POST /requests": [Self.created],
            "GET /requests/300010": [.reply(200, #"{"state":"READY"}"#), .reply(200, end)],
        ]
        let table = try await ClientRun()(Self.submit + ["--wait"], StubTransport(answers))
        #expect(table.messages == "escapement: request 300010 submitted\n")
        #expect(
            table.output
                == "REQUEST  STATE      DEFINITION  SUBMITTER  SUBMITTED  COMPLETED\n"
                + "300010   SUCCEEDED  d           anna\n"
        )
        let quiet = try await ClientRun()(Self.submit + ["--wait", "--quiet"], StubTransport(answers))
        #expect(quiet.output == "SUCCEEDED\n")
        #expect(quiet.messages.isEmpty)
        let json = try await ClientRun()(Self.submit + ["--wait", "--output", "json"], StubTransport(answers))
        #expect(json.output == end + "\n")
    }

    @Test("--follow passes the log of all attempts on once, and only the log, to standard output")
    func follow() async throws {
        func details(_ state: String, _ attempt: Int) -> StubTransport.Answer {
            .reply(200, #"{"executionAttempt":\#(attempt),"requestId":300010,"state":"\#(state)"}"#)
        }
        func piece(_ text: String, _ range: String) -> StubTransport.Answer {
            .reply(206, text, fields: [.init(name: .contentRange, value: "bytes \(range)")])
        }
        let stub = StubTransport([
            "POST /requests": [Self.created],
            "GET /requests/300010": [
                details("RUNNING", 1), details("ERROR_AUTO_RETRY", 1), details("RUNNING", 2), details("SUCCEEDED", 2),
            ],
            "GET /api/v1/requests/300010/log": [
                .reply(404, "{}"), piece("first\n", "0-5/6"), .reply(416, ""), .reply(416, ""),
                piece("second\n", "6-12/13"), piece("end\n", "13-16/17"), .reply(416, ""),
            ],
        ])
        let result = try await ClientRun()(Self.submit + ["--follow"], stub)
        #expect(result.exit == .done)
        #expect(result.output == "first\nsecond\nend\n")
        #expect(result.messages == "escapement: request 300010 submitted\nescapement: request 300010 ended SUCCEEDED\n")
        let ranges = stub.calls.compactMap(\.range)
        #expect(
            ranges == [
                "bytes=0-1048575", "bytes=0-1048575", "bytes=6-1048581", "bytes=6-1048581",
                "bytes=6-1048581", "bytes=13-1048588", "bytes=17-1048592",
            ]
        )
    }
}
