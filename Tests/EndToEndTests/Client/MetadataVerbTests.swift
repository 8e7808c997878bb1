import Testing

@testable import escapement

@Suite("metadata plan, apply, validate, export")
struct MetadataVerbTests {
    private static let plan = "POST /api/v1/metadata/plan"
    private static let apply = "POST /api/v1/metadata/apply"
    private static let answer = """
        {"baseVersions":{"JobDefinition://a/X":3,"User://bo":1},"count":3,"hasChanges":true,"items":[\
        {"action":"update","baseVersion":3,"diff":[{"from":"a","path":"/description","to":"b"},\
        {"path":"/parameters/1","to":{"name":"n"}},{"from":"x","path":"/displayName"}],"id":"JobDefinition://a/X"},\
        {"action":"none","baseVersion":1,"diff":[],"id":"User://bo"},\
        {"action":"create","baseVersion":0,"diff":[],"id":"JobSet://a/S"}],\
        "summary":{"create":1,"delete":0,"none":1,"update":1},"warnings":[\
        {"file":"a.yaml","line":4,"message":"no effect","path":"/x"}]}
        """

    private let files = ["a.yaml": "kind: Role\nname: A\n", "b.json": "{}"]

    @Test("A plan prints every difference below its object, keeps itself in a file and ends with 8")
    func planned() async throws {
        let stub = StubTransport([Self.plan: [.reply(200, Self.answer)]])
        var run = ClientRun(noun: "metadata", files: files)
        let written = WrittenFiles()
        run.written = written
        let result = try await run(["plan", "-f", "a.yaml", "--file", "b.json", "--plan", "kept"], stub)
        #expect(result.exit == .foundChanges)
        #expect(result.exit.rawValue == 8)
        #expect(
            result.output == """
                update JobDefinition://a/X  (version 3)
                  ~ /description: "a" -> "b"
                  + /parameters/1: {"name":"n"}
                  - /displayName: "x"
                create JobSet://a/S

                """
        )
        #expect(
            result.messages == """
                escapement: warning: a.yaml:4: /x: no effect
                escapement: 1 to create, 1 to update, 0 to delete, 1 unchanged

                """
        )
        #expect(
            stub.calls.map(\.body) == [
                #"{"documents":[{"file":"a.yaml","text":"kind: Role\nname: A\n"},{"file":"b.json","text":"{}"}]}"#
            ]
        )
        #expect(written["kept"] == Self.answer)
        let quiet = try await run(["plan", "-f", "a.yaml", "--quiet"], stub)
        #expect(quiet.output == "update JobDefinition://a/X\ncreate JobSet://a/S\n" && quiet.messages.isEmpty)
        let json = try await run(["plan", "-f", "a.yaml", "--output", "json"], stub)
        #expect(json.output == Self.answer + "\n")
    }

    @Test("A plan without changes ends with 0")
    func unchanged() async throws {
        let nothing = #"{"hasChanges":false,"items":[],"summary":{"none":0},"warnings":[]}"#
        let stub = StubTransport([Self.plan: [.reply(200, nothing)]])
        var run = ClientRun(noun: "metadata")
        run.standardInput = "kind: Role"
        let result = try await run(["plan", "-f", "-"], stub)
        #expect(result.exit == .done && result.output.isEmpty)
        #expect(stub.calls.map(\.body) == [#"{"documents":[{"file":"-","text":"kind: Role"}]}"#])
    }

    @Test("A kept plan guards its application; pruning is asked about")
    func applied() async throws {
        let stub = StubTransport([Self.apply: [.reply(200, Self.answer)]])
        var run = ClientRun(noun: "metadata", files: files)
        run.files["kept"] = Self.answer
        let arguments = ["apply", "-f", "b.json", "--plan", "kept", "--comment", "why", "--prune", "/a"]
        let result = try await run(arguments, stub)
        #expect(result.exit == .done)
        #expect(
            stub.calls.map(\.body) == [
                #"{"baseVersions":{"JobDefinition://a/X":3,"User://bo":1},"comment":"why","#
                    + #""documents":[{"file":"b.json","text":"{}"}],"prune":"/a"}"#
            ]
        )
        run.agrees = false
        #expect(try await run(arguments, stub).exit == .other)
        #expect(stub.calls.count == 1)
        run.files["kept"] = "no plan"
        run.agrees = true
        #expect(try await run(arguments, stub).exit == .badInput)
    }

    @Test("Every error comes on a line of its own; conflict, refusal and bad input end as they should")
    func refused() async throws {
        let errors = """
            {"detail":"ESS-30002: Invalid document.","errorCode":"ESS-30002","errors":[\
            {"file":"a.yaml","line":2,"message":"wrong","path":"/name"},{"message":"JobSet://a/S","path":""}],\
            "status":400,"title":"","type":""}
            """
        let stub = StubTransport([
            "POST /api/v1/metadata/validate": [.reply(400, errors), .reply(200, #"{"count":2,"warnings":[]}"#)],
            Self.apply: [.reply(409, #"{"detail":"ESS-30010: moved on."}"#)],
        ])
        let run = ClientRun(noun: "metadata", files: files)
        let invalid = try await run(["validate", "-f", "a.yaml"], stub)
        #expect(invalid.exit == .badInput)
        #expect(
            invalid.messages == """
                escapement: ESS-30002: Invalid document.
                escapement: a.yaml:2: /name: wrong
                escapement: JobSet://a/S

                """
        )
        let valid = try await run(["validate", "-f", "a.yaml"], stub)
        #expect(valid.exit == .done && valid.messages == "escapement: 2 objects are right\n")
        #expect(try await run(["apply", "-f", "a.yaml"], stub).exit == .conflict)
        #expect(try await run(["apply", "-f", "missing"], stub).exit == .badInput)
        #expect(throws: (any Error).self) { try EscapementCommand.command(for: ["metadata", "plan"]) }
    }

    @Test("An export is printed as it comes")
    func exported() async throws {
        let stub = StubTransport(["GET /api/v1/metadata/export": [.reply(200, "kind: Role\n")]])
        let result = try await ClientRun(noun: "metadata")(["export", "--package", "/acme"], stub)
        #expect(result.output == "kind: Role\n")
        #expect(stub.lines == ["GET /api/v1/metadata/export?package=%2Facme"])
    }
}
