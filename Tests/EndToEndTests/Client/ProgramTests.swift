import Foundation
import Testing

/// The program itself, started as a process: what only the operating system can show.
@Suite("The program", .serialized, .timeLimit(.minutes(2)))
struct ProgramTests {
    @Test("A53 Each way to end without a server gives its status, data on stdout, messages on stderr")
    func statuses() throws {
        let version = try Program.run(["version"])
        #expect(version.status == 0)
        #expect(version.output.hasPrefix("escapement "))
        let usage = try Program.run(["request", "get", "x"])
        #expect(usage.status == 2)
        #expect(usage.output.isEmpty)
        #expect(usage.messages.contains("Usage: escapement request get"))
        let configuration = try Program.run(["config", "check", "--http-prot=1", "--process-allow-root"])
        #expect(configuration.status == 78)
        #expect(configuration.output.isEmpty)
        #expect(configuration.messages.contains("--http-port"))
        let variable = try Program.run(["config", "show"], environment: ["ESCAPEMENT_HTP_PORT": "1"])
        #expect(variable.status == 78)
        #expect(variable.output.contains("http.port"))
        #expect(variable.messages.contains("ESCAPEMENT_HTTP_PORT"))
        let help = try Program.run(["config", "show", "--help"])
        #expect(help.status == 0)
        #expect(help.output.contains("--process-limits-file-size <size>"))
    }

    @Test("hash-password reads standard input")
    func hashPassword() throws {
        let hash = try Program.run(["hash-password"], input: "correct horse\n")
        #expect(hash.status == 0)
        #expect(hash.output.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        #expect(hash.output.hasSuffix("\n"))
        #expect(try Program.run(["hash-password"], input: "").status == 3)
    }

    @Test("A call goes over the network and back, with its credentials")
    func call() async throws {
        let server = try CannedServer()
        defer { server.close() }
        let body = #"{"requestId":5,"state":"WAIT"}"#
        let arguments = ["request", "get", "5", "--url", server.url, "--user", "anna", "--password-stdin", "--quiet"]
        let program = try Program.start(arguments, input: "swordfish\n")
        let connection = try server.accept()
        let request = try connection.readHead()
        #expect(request.hasPrefix("GET /ess/rest/scheduler/v1/requests/5 HTTP/1.1\r\n"))
        #expect(request.lowercased().contains("authorization: basic yw5uytpzd29yzgzpc2g=\r\n"))
        connection.answer("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let result = try program.finish()
        #expect(result.status == 0)
        #expect(result.output == "WAIT\n")
    }

    @Test("A redirect is not followed: the password would go along")
    func redirect() throws {
        let server = try CannedServer()
        defer { server.close() }
        let program = try Program.start(["request", "get", "5", "--url", server.url])
        let connection = try server.accept()
        _ = try connection.readHead()
        connection.answer("HTTP/1.1 302 Found\r\nLocation: \(server.url)/x\r\nContent-Length: 0\r\n\r\n")
        #expect(try program.finish().status == 1)
    }

    @Test("A server that is not there, or hangs up, gives 7")
    func noServer() throws {
        let server = try CannedServer()
        let program = try Program.start(["request", "get", "5", "--url", server.url])
        let connection = try server.accept()
        _ = try connection.readHead()
        connection.answer("")
        #expect(try program.finish().status == 7)
        server.close()
        let result = try Program.run(["request", "get", "5", "--url", server.url])
        #expect(result.status == 7)
        #expect(result.messages.contains("Connection refused"))
    }

    @Test("A53 Ctrl-C while waiting ends with 130 and says that the request goes on")
    func interrupt() throws {
        let server = try CannedServer()
        defer { server.close() }
        let program = try Program.start(["request", "wait", "5", "--url", server.url])
        let connection = try server.accept()
        _ = try connection.readHead()
        program.interrupt()
        let result = try program.finish()
        #expect(result.status == 130)
        #expect(result.messages.contains("goes on"))
        connection.answer("")
    }

    @Test("A53 Waiting past --timeout gives 24")
    func timeout() throws {
        let server = try CannedServer()
        defer { server.close() }
        let program = try Program.start(["request", "wait", "5", "--url", server.url, "--timeout", "50ms"])
        #expect(try program.finish().status == 24)
    }
}
