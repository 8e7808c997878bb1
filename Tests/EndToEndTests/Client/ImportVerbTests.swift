import Testing

@testable import escapement

@Suite("metadata import")
struct ImportVerbTests {
    private static let importing = "POST /api/v1/metadata/import"
    private static let validate = "POST /api/v1/metadata/validate"
    private static let right = StubTransport.Answer.reply(200, #"{"count":2,"warnings":[]}"#)

    private static func answer(_ name: String, line: Int, outcome: String = "ignored", result: String = "") -> String {
        #"{"documents":[{"kind":"JobDefinition","name":"\#(name)","package":"/a"}],"report":["#
            + #"{"item":"job-definition(\#(name))","line":\#(line),"outcome":"mapped","#
            + #""reason":"is JobDefinition://a/\#(name)","source":"\#(name).xml"},"#
            + #"{"item":"job-definition(\#(name))/hint","line":\#(line + 2),"outcome":"\#(outcome)","#
            + #""reason":"unknown","source":"\#(name).xml"}]\#(result)}"#
    }

    private static func stored(_ name: String) -> String {
        answer(
            name,
            line: 2,
            result: #","result":{"items":[{"action":"create","baseVersion":0,"diff":[],"#
                + #""id":"JobDefinition://a/\#(name)","version":1}]}"#
        )
    }

    private let run = ClientRun(noun: "metadata", files: ["X.xml": "<x/>", "Y.xml": "<y/>"])

    @Test("The report comes as a table; what is checked stands on the lines of the XML; nothing is stored")
    func report() async throws {
        let stub = StubTransport([
            Self.importing: [.reply(200, Self.answer("X", line: 2))], Self.validate: [Self.right],
        ])
        let result = try await run(["import", "X.xml", "--package", "/a", "--zone", "Europe/Berlin"], stub)
        #expect(result.exit == .done)
        #expect(
            result.output == """
                FILE   LINE  OUTCOME  ITEM                    REASON
                X.xml  2     mapped   job-definition(X)       is JobDefinition://a/X
                X.xml  4     ignored  job-definition(X)/hint  unknown

                """
        )
        #expect(result.messages == "escapement: 1 object in 1 file; nothing is stored without --apply\n")
        #expect(
            stub.lines == [
                "\(Self.importing)?package=%2Fa&zone=Europe%2FBerlin&source=X.xml&apply=false", Self.validate,
            ]
        )
        #expect(stub.calls[0].body == "<x/>")
        let text = #"\n{\"kind\":\"JobDefinition\",\"name\":\"X\",\"package\":\"/a\"}\n"#
        #expect(stub.calls[1].body == #"{"documents":[{"file":"X.xml","text":"\#(text)"}]}"#)
        let quiet = try await run(["import", "-f", "X.xml", "--quiet"], stub)
        #expect(quiet.output == "JobDefinition://a/X\n" && quiet.messages.isEmpty)
    }

    @Test("Files that name each other are stored in whatever order they need")
    func order() async throws {
        let missing = #"{"errorCode":"ESS-30003","detail":"ESS-30003: missing","errors":[{"message":"m"}]}"#
        let stub = StubTransport([
            Self.importing: [
                .reply(200, Self.answer("X", line: 2)), .reply(200, Self.answer("Y", line: 2)),
                .reply(400, missing), .reply(200, Self.stored("Y")), .reply(200, Self.stored("X")),
            ],
            Self.validate: [Self.right],
        ])
        let result = try await run(["import", "X.xml", "Y.xml", "--apply", "--quiet"], stub)
        #expect(result.exit == .done)
        #expect(result.output == "create JobDefinition://a/X\ncreate JobDefinition://a/Y\n")
        #expect(stub.lines.filter { $0.hasSuffix("apply=true") }.count == 3)
        let never = StubTransport([
            Self.importing: [.reply(200, Self.answer("X", line: 2)), .reply(400, missing)],
            Self.validate: [Self.right],
        ])
        #expect(try await run(["import", "X.xml", "--apply"], never).exit == .badInput)
    }

    @Test("While something is wrong nothing is stored; every place is named")
    func wrong() async throws {
        let broken = #"{"errorCode":"ESS-30002","detail":"d","errors":[{"file":"Y.xml","line":1,"message":"no XML"}]}"#
        let invalid = #"{"errorCode":"ESS-30002","detail":"d","errors":[{"file":"X.xml","line":2,"message":"bare"}]}"#
        let stub = StubTransport([
            Self.importing: [.reply(200, Self.answer("X", line: 2)), .reply(400, broken)],
            Self.validate: [.reply(400, invalid)],
        ])
        let result = try await run(["import", "X.xml", "Y.xml", "--apply", "--output", "yaml"], stub)
        #expect(result.exit == .badInput)
        #expect(
            result.messages == """
                escapement: Y.xml:1: no XML
                escapement: X.xml:2: bare
                escapement: 1 object in 1 file; mend what is wrong first

                """
        )
        #expect(result.output.hasPrefix("files:\n  - documents:\n      - kind: JobDefinition\n        package: /a\n"))
        #expect(!stub.lines.contains { $0.hasSuffix("apply=true") })
        let leftOut = StubTransport([
            Self.importing: [.reply(200, Self.answer("X", line: 2, outcome: "error"))], Self.validate: [Self.right],
        ])
        #expect(try await run(["import", "X.xml"], leftOut).exit == .badInput)
        #expect(try await run(["import", "none.xml"], leftOut).exit == .badInput)
        #expect(throws: (any Error).self) { try EscapementCommand.command(for: ["metadata", "import"]) }
    }
}
