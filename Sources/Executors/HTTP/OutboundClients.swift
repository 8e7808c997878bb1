import AsyncHTTPClient
import NIOCore
import SchedulerCore
import Synchronization

/// Clients that are each pinned to one checked address of one name, so that pooled connections are shared between calls
/// and no library resolves the name a second time.
///
/// The name stays in the URL: `Host`, SNI and the verification of the certificate are those of the name.
final class OutboundClients: Sendable {
    /// What a client is pinned to; without a name all literal addresses share one client.
    struct Pin: Hashable {
        let name: String
        let address: IPAddress
    }

    private struct Entry {
        let client: HTTPClient
        var users = 0
        /// Number of the latest use, for choosing who goes first.
        var lastUse = 0
    }

    private struct State {
        var entries: [Pin?: Entry] = [:]
        var uses = 0
        var isClosed = false
    }

    /// Clients without a call that are kept for the next one.
    private static let idleClientsMax = 64
    /// Connections to one address: as many as a node may have threads, so that no job waits for another's connection.
    private static let connectionsPerAddressMax = 1000
    /// Short, so that a server's own limit does not close a connection at the moment it is used again.
    private static let connectionIdleTime: TimeAmount = .seconds(1)
    private static let connectTime: TimeAmount = .seconds(10)

    private let group: any EventLoopGroup
    private let state = Mutex(State())

    init(group: any EventLoopGroup) { self.group = group }

    /// Runs a call with the client of a pin.
    func withClient<Success: Sendable>(
        _ pin: Pin?,
        _ call: (HTTPClient) async throws -> Success
    ) async throws -> Success {
        guard let client = take(pin) else { throw HTTPClientError.alreadyShutdown }
        let result: Result<Success, any Error>
        do {
            result = .success(try await call(client))
        } catch {
            result = .failure(error)
        }
        for surplus in giveBack(pin) { try? await surplus.shutdown() }
        return try result.get()
    }

    /// Closes all connections; calls under way fail, later ones are refused.
    func shutdown() async {
        let clients = state.withLock { state in
            state.isClosed = true
            defer { state.entries = [:] }
            return state.entries.values.map(\.client)
        }
        for client in clients { try? await client.shutdown() }
    }

    private func take(_ pin: Pin?) -> HTTPClient? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            var entry = state.entries[pin] ?? Entry(client: makeClient(pin))
            entry.users += 1
            state.entries[pin] = entry
            return entry.client
        }
    }

    private func giveBack(_ pin: Pin?) -> [HTTPClient] {
        state.withLock { state in
            state.uses += 1
            state.entries[pin]?.users -= 1
            state.entries[pin]?.lastUse = state.uses
            let idle = state.entries.filter { $0.value.users == 0 }
            guard idle.count > Self.idleClientsMax else { return [] }
            let surplus = idle.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(idle.count - Self.idleClientsMax)
            for (pin, _) in surplus { state.entries[pin] = nil }
            return surplus.map(\.value.client)
        }
    }

    private func makeClient(_ pin: Pin?) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: Self.connectTime),
            proxy: nil,
            decompression: .disabled
        )
        // A call that is given up must close its connection: with HTTP/2 it would close a stream only.
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = Self.connectionIdleTime
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connectionsPerAddressMax
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.tracing.tracer = nil
        if let pin { configuration.dnsOverride = [pin.name: pin.address.description] }
        return HTTPClient(eventLoopGroup: group, configuration: configuration)
    }
}
