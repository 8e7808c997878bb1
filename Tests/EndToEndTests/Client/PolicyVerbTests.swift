import Testing

@testable import escapement

@Suite("Policy commands")
struct PolicyVerbTests {
    private static func run(_ id: Int, state: String, requests: Int = 0, end: String = "") -> String {
        #"{"criteria":{},"dryRun":true,\#(end)"id":\#(id),"logicalDeleteOnly":false,"#
            + #""policy":"PurgePolicy://a/P","principal":"admin","requests":\#(requests),"#
            + #""retentionDays":{"default":90},"startedTime":"2027-03-01T09:10:00.000Z","state":"\#(state)","#
            + #""trees":\#(requests)}"#
    }

    private static let ended = run(7, state: "ENDED", requests: 3, end: #""endedTime":"2027-03-01T09:11:00.000Z","#)

    private let policy = ClientRun(noun: "policy")

    @Test("run begins a run and, asked to, waits for its end")
    func run() async throws {
        let stub = StubTransport([
            "POST /api/v1/purge/run": [.reply(202, Self.run(7, state: "RUNNING"))],
            "GET /api/v1/purge/runs": [
                .reply(200, #"{"count":1,"items":[\#(Self.run(7, state: "RUNNING", requests: 1))]}"#),
                .reply(200, #"{"count":2,"items":[\#(Self.run(8, state: "RUNNING")),\#(Self.ended)]}"#),
            ],
        ])
        let result = try await policy(["run", "PurgePolicy://a/P", "--dry-run", "--wait"], stub)
        #expect(result.exit == .done)
        #expect(
            result.output == """
                RUN  POLICY             STATE  DRY-RUN  TREES  REQUESTS  STARTED                   ENDED                     BY
                7    PurgePolicy://a/P  ENDED  true     3      3         2027-03-01T09:10:00.000Z  2027-03-01T09:11:00.000Z  admin

                """
        )
        #expect(stub.calls.first?.body == #"{"dryRun":true,"policy":"PurgePolicy://a/P"}"#)
        #expect(stub.lines.count == 3)
    }

    @Test("runs prints a row for each run, quiet its number; a refusal has its exit status")
    func runs() async throws {
        let list = #"{"count":1,"items":[\#(Self.ended)]}"#
        let stub = StubTransport(["GET /api/v1/purge/runs": [.reply(200, list)]])
        #expect(try await policy(["runs", "--quiet", "--limit", "3"], stub).output == "7\n")
        #expect(stub.lines == ["GET /api/v1/purge/runs?limit=3"])
        #expect(try await policy(["runs", "--output", "json"], stub).output == list + "\n")
        let refusal = #"{"errorCode":"ESS-31002","detail":"no"}"#
        let denied = StubTransport(["POST /api/v1/purge/run": [.reply(403, refusal)]])
        #expect(try await policy(["run", "PurgePolicy://a/P"], denied).exit == .denied)
    }
}
