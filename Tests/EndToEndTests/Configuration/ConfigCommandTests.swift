import Synchronization
import Testing

@testable import escapement

@Suite("config check and config show")
struct ConfigCommandTests {
    /// A console that keeps what is written.
    private final class Paper: Sendable {
        let written = Mutex<(output: String, messages: String)>(("", ""))

        var console: ClientConsole {
            ClientConsole(outputIsTerminal: false, messagesAreTerminal: false) { stream, bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                self.written.withLock { written in
                    if stream == .output { written.output += text } else { written.messages += text }
                }
            }
        }

        var output: String { written.withLock { $0.output } }
        var messages: String { written.withLock { $0.messages } }
    }

    @Test("check says that all is well, with the warnings")
    func check() throws {
        let paper = Paper()
        let flags = ["--http-host", "0.0.0.0", "--http-allow-insecure"]
        try ConfigCheck.check(flags: flags, environment: [:], host: TestMachine().host, console: paper.console)
        #expect(paper.output == "the configuration is valid\n")
        #expect(paper.messages.hasPrefix("escapement: configuration warning: http.allowInsecure"))
    }

    @Test("check fails with all problems, and each is one message")
    func checkFails() throws {
        let paper = Paper()
        let error = #expect(throws: ConfigurationFailure.self) {
            try ConfigCheck.check(
                flags: ["--http-prot", "1", "--log-level", "x"],
                environment: [:],
                host: TestMachine().host,
                console: paper.console
            )
        }
        #expect(paper.output.isEmpty)
        let messages = try CommandEnd.messages(for: #require(error))
        #expect(messages.count == 2)
        #expect(messages.allSatisfy { $0.hasPrefix("configuration error: ") })
    }

    @Test("show prints every key with value and origin, as table and as JSON")
    func show() throws {
        let machine = TestMachine(files: [TestMachine.defaultFile: "outbound: {allow: [127.0.0.0/8]}"])
        let table = try show(machine, .table).output
        #expect(table.split(separator: "\n").count == ConfigurationTable.server.keys.count + 1)
        let rows = table.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(rows.contains("http.port 0 flag --http-port"))
        let json = try #require(ReplyValue(parsing: Array(try show(machine, .json).output.utf8))?.list)
        #expect(json.count == ConfigurationTable.server.keys.count)
        #expect(
            json.contains(
                .object(["key": .text("http.port"), "origin": .text("flag --http-port"), "value": .whole(0)])
            )
        )
        #expect(
            json.contains(
                .object([
                    "key": .text("outbound.allow"), "origin": .text("file /etc/escapement/escapement.yaml:1"),
                    "value": .list([.text("127.0.0.0/8")]),
                ])
            )
        )
        #expect(
            json.contains(
                .object(["key": .text("metadata.directory"), "origin": .text("default"), "value": .null])
            )
        )
    }

    @Test("show prints the values also when some are wrong, and then fails")
    func showFails() throws {
        let paper = Paper()
        let reading = ConfigurationReading(
            table: .server,
            arguments: ["--http-port", "x", "--log-level", "debug"],
            environment: [:],
            host: TestMachine().host
        )
        #expect(throws: ConfigurationFailure.self) {
            try ConfigShow.show(reading, host: TestMachine().host, form: .table, console: paper.console)
        }
        #expect(paper.output.contains("flag --log-level"))
    }

    private func show(_ machine: TestMachine, _ form: OutputForm) throws -> Paper {
        let paper = Paper()
        let reading = ConfigurationReading(
            table: .server,
            arguments: ["--http-port", "0"],
            environment: [:],
            host: machine.host
        )
        try ConfigShow.show(reading, host: machine.host, form: form, console: paper.console)
        return paper
    }
}
