import Testing

@testable import escapement

@Suite("node stop, node start")
struct NodeDutyVerbTests {
    private static let node = #"{"name":"a","quiesceState":"RUNNING","state":"RUNNING","stopped":["dispatcher"]}"#

    @Test("Each duty is a call; both are two")
    func calls() async throws {
        let base = "POST /api/v1/nodes/a"
        let lines = ["dispatcher/stop", "processor/stop", "processor/start"].map { "\(base)/\($0)" }
        let stub = StubTransport(Dictionary(uniqueKeysWithValues: lines.map { ($0, [.reply(200, Self.node)]) }))
        let run = ClientRun(noun: "node")
        let both = try await run(["stop", "a", "--dispatcher", "--processor", "--output", "json"], stub)
        #expect(both.exit == .done && both.output == Self.node + "\n")
        let one = try await run(["start", "a", "--processor", "--quiet"], stub)
        #expect(one.output == "RUNNING\n")
        #expect(stub.lines == lines)
    }

    @Test("Neither is a mistake of usage")
    func neither() {
        for verb in ["stop", "start"] {
            #expect(throws: (any Error).self) { try EscapementCommand.command(for: ["node", verb, "a"]) }
        }
    }
}
