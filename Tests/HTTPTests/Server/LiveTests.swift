import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import SchedulerAPI
import SchedulerHTTP
import Synchronization
import Testing

@Suite("Over a real socket")
struct LiveTests {
    @Test("The application listens on a free port, tells it and serves", .timeLimit(.minutes(1)))
    func live() async throws {
        let server = try TestServer()
        let bound = PortBox()
        let app = makeApplication(
            services: server.services,
            host: "127.0.0.1",
            port: 0,
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

/// The port that a server told.
final class PortBox: Sendable {
    private let port = Mutex<Int?>(nil)

    var value: Int? { port.withLock { $0 } }

    func set(_ value: Int) { port.withLock { $0 = value } }
}
