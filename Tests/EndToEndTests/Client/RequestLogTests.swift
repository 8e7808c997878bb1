import HTTPTypes
import Testing

@testable import escapement

@Suite("request log")
struct RequestLogTests {
    private static let path = "GET /api/v1/requests/5/log"

    @Test("log prints the last lines as they are")
    func tail() async throws {
        let stub = StubTransport([Self.path: [.reply(200, "a\u{1B}[1mb\nc")]])
        let result = try await ClientRun()(["log", "5", "--lines", "20"], stub)
        #expect(result.output == "a\u{1B}[1mb\nc")
        #expect(stub.lines == ["\(Self.path)?tail=20"])
        let terminal = try await ClientRun(outputIsTerminal: true)(["log", "5"], stub)
        #expect(terminal.output == "ab\nc")
        #expect(stub.lines.last == "\(Self.path)?tail=1000")
        let json = try await ClientRun()(["log", "5", "--output", "json"], stub)
        #expect(json.output == #"{"log":"a\u001b[1mb\nc","requestId":5}"# + "\n")
    }

    @Test("--follow begins with the last lines and goes on to the end")
    func follow() async throws {
        let stub = StubTransport([
            "GET /requests/5": [
                .reply(200, #"{"executionAttempt":3,"state":"RUNNING"}"#),
                .reply(200, #"{"executionAttempt":3,"state":"ERROR"}"#),
            ],
            Self.path: [
                .reply(206, "ne 1\nline 2\nline 3\n", fields: [.init(name: .contentRange, value: "bytes 2-20/21")]),
                .reply(416, ""),
                .reply(206, "line 4\n", fields: [.init(name: .contentRange, value: "bytes 21-27/28")]),
                .reply(416, ""),
            ],
        ])
        let result = try await ClientRun()(["log", "5", "--follow", "--lines", "2"], stub)
        #expect(result.output == "line 2\nline 3\nline 4\n")
        // Showing the log went well, whatever became of the request.
        #expect(result.exit == .done)
        #expect(
            stub.calls.compactMap(\.range) == [
                "bytes=-262144", "bytes=21-1048596", "bytes=21-1048596", "bytes=28-1048603",
            ]
        )
        #expect(stub.lines.filter { $0.hasPrefix(Self.path) }.allSatisfy { $0 == Self.path })
    }

    @Test("--follow works with a server that always sends the whole log")
    func wholeLog() async throws {
        let stub = StubTransport([
            "GET /requests/5": [
                .reply(200, #"{"executionAttempt":1,"state":"RUNNING"}"#),
                .reply(200, #"{"executionAttempt":1,"state":"SUCCEEDED"}"#),
            ],
            Self.path: [
                .reply(200, ""), .reply(200, ""), .reply(200, "one\n"), .reply(200, "one\ntwo\n"),
            ],
        ])
        let result = try await ClientRun()(["log", "5", "--follow"], stub)
        #expect(result.output == "one\ntwo\n")
    }

    @Test("The last lines are found whether or not the last one is complete")
    func lastLines() {
        func last(_ count: Int, _ text: String) -> String {
            String(decoding: RequestWaiter.lastLines(count, of: Array(text.utf8)), as: UTF8.self)
        }
        #expect(last(2, "a\nb\nc\n") == "b\nc\n")
        #expect(last(2, "a\nb\nc") == "b\nc")
        #expect(last(1, "a\n\n") == "\n")
        #expect(last(9, "a\nb\n") == "a\nb\n")
        #expect(last(1, "") == "")
        #expect(last(1, "\n") == "\n")
    }

    @Test("A request that does not exist, and a log that does not, give 5")
    func missing() async throws {
        let stub = StubTransport([Self.path: [.reply(404, #"{"detail":"ESS-01001: Request ID 5 not found"}"#)]])
        #expect(try await ClientRun()(["log", "5"], stub).exit == .notFound)
        let follow = StubTransport(["GET /requests/5": [.reply(404, "{}")]])
        #expect(try await ClientRun()(["log", "5", "--follow"], follow).exit == .notFound)
    }
}
