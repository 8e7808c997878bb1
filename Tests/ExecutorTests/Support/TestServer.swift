import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that leaves every byte of its answers to the test.
final class TestServer: Sendable {
    /// One request, and the connection on which it came.
    struct Exchange: Sendable {
        let requestLine: String
        let headers: [(name: String, value: String)]
        let body: String
        let channel: any Channel

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }

        /// Sends bytes as they are.
        func write(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

        func reply(_ status: Int, headers: [String] = [], body: String = "") async throws {
            let lines = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)"] + headers
            try await write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }

        func close() async throws { try await channel.close() }

        /// Closes the writing side only.
        func closeOutput() async throws { try await channel.close(mode: .output) }

        /// Returns when the connection is gone.
        func closed() async throws { try await channel.closeFuture.get() }
    }

    private let exchanges: EventQueue<Exchange>
    private let listener: any Channel

    let port: Int

    private init(listener: any Channel, exchanges: EventQueue<Exchange>) {
        self.listener = listener
        self.exchanges = exchanges
        port = listener.localAddress?.port ?? 0
    }

    static func start(host: String = "127.0.0.1") async throws -> TestServer {
        let exchanges = EventQueue<Exchange>()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(exchanges))
                }
            }
            .bind(host: host, port: 0).get()
        return TestServer(listener: listener, exchanges: exchanges)
    }

    func next() async -> Exchange { await exchanges.next() }

    /// Requests that came and were not taken.
    var pending: Int { exchanges.pending.count }

    /// Once or more.
    func stop() async throws {
        do { try await listener.close() } catch ChannelError.alreadyClosed {}
    }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let exchanges: EventQueue<Exchange>
        private var received = ""

        init(_ exchanges: EventQueue<Exchange>) { self.exchanges = exchanges }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard let end = received.firstRange(of: "\r\n\r\n") else { return }
            let lines = received[..<end.lowerBound].split(separator: "\r\n")
            let headers = lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (name: String(parts[0]), value: String(parts[1].drop { $0 == " " }))
            }
            let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
            let body = received[end.upperBound...]
            guard body.utf8.count >= length else { return }
            let exchange = Exchange(
                requestLine: String(lines[0]),
                headers: headers,
                body: String(body),
                channel: context.channel
            )
            received = ""
            exchanges.add(exchange)
        }

        /// The client has closed its side: nothing more is to be had.
        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case .inputClosed = event as? ChannelEvent { context.close(promise: nil) }
            context.fireUserInboundEventTriggered(event)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
