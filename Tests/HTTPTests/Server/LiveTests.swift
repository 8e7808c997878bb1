import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP
import SchedulerTesting
import StoreTesting
import Synchronization
import Testing

@Suite("Over a real socket", .ownStores)
struct LiveTests {
    @Test("The application listens on a free port, tells it and serves", .timeLimit(.minutes(1)))
    func live() async throws {
        let server = try await TestServer()
        let bound = PortBox()
        let app = makeApplication(
            services: server.services,
            host: "127.0.0.1",
            port: 0,
            idleTimeout: .seconds(60),
            onServerRunning: { bound.set($0) },
            logger: Logger(label: "live") { _ in SwiftLogNoOpLogHandler() }
        )
        try await app.test(.live) { client in
            let reply = try await client.execute(
                uri: "\(TestServer.base)/requests",
                method: .post,
                headers: [.authorization: TestCatalogue.authorization("anna")],
                body: ByteBuffer(string: TestCatalogue.submission("Sync"))
            )
            #expect(reply.status == .created)
            #expect(client.port == bound.value)
            let refused = try await client.execute(uri: "\(TestServer.base)/requests/1", method: .get)
            #expect(refused.status == .unauthorized)
            let page = try await client.execute(uri: "/errors/ESS-02001", method: .get)
            #expect(page.status == .ok)
        }
    }
}

extension LiveTests {
    private func app(_ server: TestServer, idleTimeout: Duration = .seconds(60)) -> some ApplicationProtocol {
        makeApplication(
            services: server.services,
            host: "127.0.0.1",
            port: 0,
            idleTimeout: idleTimeout,
            logger: Logger(label: "live") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    @Test("Whatever the URL, the server answers and goes on", .timeLimit(.minutes(1)))
    func oddURLs() async throws {
        let server = try await TestServer()
        let base = TestServer.base
        let user = TestCatalogue.authorization("anna")
        try await app(server).test(.live) { client in
            for (uri, status) in [
                ("/", 404), ("//", 404), ("/?", 404), ("\(base)/requests?", 200), ("\(base)/requests?=&&a=b=c&=", 200),
                ("\(base)/requests/%", 400), ("\(base)/requests/%0", 400), ("\(base)/requests/%ff", 400),
                ("\(base)/requests/%00", 400), ("\(base)/requests/1%2F2", 400), ("\(base)/requests/../requests", 404),
                ("\(base)/requests/\(String(repeating: "9", count: 20_000))", 400), ("/errors/%ff", 400),
                ("\(base)/requests?q=%F0%9F%98%80", 400), ("http://localhost\(base)/requests", 200),
                ("\(base)/requests?fields=\(String(repeating: "a,", count: 5000))", 200),
            ] {
                let reply = try await client.execute(uri: uri, method: .get, headers: [.authorization: user])
                #expect(reply.status.code == status, "\(uri.prefix(80))")
                if status >= 400 { #expect(String(buffer: reply.body).contains("errorCode"), "\(uri.prefix(80))") }
            }
        }
    }

    @Test("Queries as some clients send them: blanks and letters beyond ASCII, unencoded", .timeLimit(.minutes(1)))
    func rawQueries() async throws {
        let server = try await TestServer()
        let user = TestCatalogue.authorization("anna")
        let body = TestCatalogue.submission("Sync", #","description":"Größe eins""#)
        try await server.call(.post, "requests", body: body).expect(201)
        @Sendable func message(_ target: String, _ more: String = "Connection: close\r\n") -> String {
            "GET \(TestServer.base)/\(target) HTTP/1.1\r\nHost: x\r\nAuthorization: \(user)\r\n\(more)\r\n"
        }
        try await app(server).test(.live) { client in
            let port = try #require(client.port)
            for query in [
                "q=state eq 'WAIT' and requestId eq 1", "q=description eq 'Größe eins'", "q=description+sw+\"Grö\"",
            ] {
                let reply = SendFirstClient.exchange(
                    port: port,
                    Array(message("requests?fields=requestId&\(query)").utf8)
                )
                #expect(
                    reply.hasPrefix("HTTP/1.1 200 ") && reply.contains(#""items":[{"requestId":1}]"#),
                    "\(query): \(reply)"
                )
            }
            // On one connection, behind messages with and without body.
            let submit = TestCatalogue.submission("Sync")
            let post = "POST \(TestServer.base)/requests HTTP/1.1\r\nHost: x\r\nAuthorization: \(user)\r\n"
            let many = [
                message("requests?q=requestId eq 1&fields=requestId", ""),
                "\(post)Content-Length: \(submit.utf8.count)\r\n\r\n\(submit)",
                message("requests?q=requestId eq 2&fields=requestId"),
            ]
            let reply = SendFirstClient.exchange(port: port, Array(many.joined().utf8))
            #expect(
                reply.components(of: "HTTP/1.1 20") == 3 && reply.contains(#""items":[{"requestId":2}]"#),
                "\(reply)"
            )
        }
    }

    @Test("What is no HTTP is refused with a code, too", .timeLimit(.minutes(1)))
    func noHTTP() async throws {
        let server = try await TestServer()
        try await app(server).test(.live) { client in
            let port = try #require(client.port)
            for message in [
                "Good morning\r\n\r\n", "GET \(TestServer.base)/requests a HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nBad Header: y\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: ten\r\n\r\n",
                "POST \(TestServer.base)/requests HTTP/1.1\r\nHost: x\r\nAuthorization: "
                    + "\(TestCatalogue.authorization("anna"))\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "GET /?\(String(repeating: "x", count: 2_000_000)) HTTP/1.1\r\n\r\n",
            ] {
                let reply = SendFirstClient.exchange(port: port, Array(message.utf8))
                #expect(reply.hasPrefix("HTTP/1.1 400 ") && reply.contains("Connection: close"), "\(reply)")
                let body = try JSONReader.read(Array((reply.split(separator: "\r\n\r\n").last ?? "").utf8))
                #expect(body["errorCode"]?.string == "ESS-05032" && body["status"]?.scalarText == "400", "\(reply)")
                #expect(body["type"]?.string == "\(TestServer.publicURL)/errors/ESS-05032")
            }
        }
    }

    @Test("Bodies that are too large, or that nobody reads, do not spoil the connection", .timeLimit(.minutes(1)))
    func largeBodies() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        server.set(forceCancelAfter: .zero)
        let user = TestCatalogue.authorization("anna")
        let large = ByteBuffer(repeating: UInt8(ascii: " "), count: 3_000_000)
        try await app(server).test(.live) { client in
            let uri = "\(TestServer.base)/requests"
            let refused = try await client.execute(
                uri: uri,
                method: .post,
                headers: [.authorization: user],
                body: large
            )
            #expect(refused.status.code == 413)
            let anonymous = try await client.execute(uri: uri, method: .post, body: large)
            #expect(anonymous.status.code == 401)
            let forced = try await client.execute(
                uri: "\(uri)/\(id)/forceCancel",
                method: .post,
                headers: [.authorization: user],
                body: large
            )
            #expect(forced.status.code == 200)
            let after = try await client.execute(uri: uri, method: .get, headers: [.authorization: user])
            #expect(after.status.code == 200)
        }
    }

    @Test("Who closes afterwards and sends all before reading gets his answer, too", .timeLimit(.minutes(1)))
    func closingSenders() async throws {
        let server = try await TestServer()
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 20_000_000)
        @Sendable func message(_ fields: String) -> [UInt8] {
            let head = "POST \(TestServer.base)/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(fields)"
            return Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body
        }
        try await app(server).test(.live) { client in
            let port = try #require(client.port)
            let user = "Authorization: \(TestCatalogue.authorization("anna"))\r\n"
            #expect(SendFirstClient.exchange(port: port, message(user)).hasPrefix("HTTP/1.1 413 "))
            #expect(SendFirstClient.exchange(port: port, message("")).hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test(
        "C7 over a socket, too: a long URL is 414, a large header 431, a body that stays away 408",
        .timeLimit(.minutes(1))
    )
    func limits() async throws {
        let server = try await TestServer(requestTimeout: .seconds(30))
        let user = TestCatalogue.authorization("anna")
        try await app(server).test(.live) { client in
            let uri = "\(TestServer.base)/requests"
            let long = String(repeating: "y", count: 200_000)
            let url = try await client.execute(uri: "\(uri)?x=\(long)", method: .get, headers: [.authorization: user])
            #expect(url.status.code == 414 && String(buffer: url.body).contains("ESS-05030"))
            let header = try await client.execute(uri: uri, method: .get, headers: [.cookie: long])
            #expect(header.status.code == 431 && String(buffer: header.body).contains("ESS-05031"))
            let after = try await client.execute(uri: uri, method: .get, headers: [.authorization: user])
            #expect(after.status.code == 200)
            let port = try #require(client.port)
            let head = "POST \(uri) HTTP/1.1\r\nHost: localhost\r\nAuthorization: \(user)\r\n"
            let part = "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
            let late = SendFirstClient.exchange(port: port, Array((head + part).utf8))
            #expect(late.hasPrefix("HTTP/1.1 408 ") && late.contains("ESS-05029"), "\(late)")
        }
    }

    @Test("A head that never ends is the end of the connection, however it drips", .timeLimit(.minutes(1)))
    func slowHead() async throws {
        let server = try await TestServer()
        try await app(server, idleTimeout: .seconds(1)).test(.live) { client in
            let port = try #require(client.port)
            let head = "GET \(TestServer.base)/requests HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
            let answer = SendFirstClient.drip(port: port, Array(head.utf8), pause: .milliseconds(50), most: 400)
            #expect(answer?.isEmpty == true)
        }
    }

    @Test("A log longer than a chunk is streamed whole", .timeLimit(.minutes(1)))
    func streaming() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let text = (0..<100_000).map { "line \($0)\n" }.joined()
        server.content.setLog(text, of: id)
        let user = TestCatalogue.authorization("anna")
        try await app(server).test(.live) { client in
            let uri = "/api/v1/requests/\(id)/log"
            let headers: HTTPFields = [.authorization: user, .range: "bytes=0-"]
            let reply = try await client.execute(uri: uri, method: .get, headers: headers)
            #expect(reply.status.code == 206)
            #expect(String(buffer: reply.body) == text)
            let head = try await client.execute(uri: uri, method: .head, headers: headers)
            #expect(head.headers[.contentLength] == String(text.utf8.count))
            #expect(head.body.readableBytes == 0)
        }
    }
}

/// The port that a server told.
final class PortBox: Sendable {
    private let port = Mutex<Int?>(nil)

    var value: Int? { port.withLock { $0 } }

    func set(_ value: Int) { port.withLock { $0 = value } }
}

extension String {
    /// How often `part` occurs, without overlap.
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
