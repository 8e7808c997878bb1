import AsyncHTTPClient
import Glibc
package import NIOCore
import NIOHTTP1
import NIOPosix
import SchedulerCore

/// Makes HTTP calls to targets that users choose (administration §5.6): resolves the name, checks every address, and
/// connects to a checked one. No redirects, no proxy, no cookies.
///
/// It has no limit of time of its own but that of connecting; who calls it cancels the task, and the connection closes.
package final class OutboundCaller: Sendable {
    private let settings: @Sendable () -> OutboundSettings
    private let resolver: any HostResolver
    private let clients: OutboundClients

    /// - Parameters:
    ///   - settings: asked at each call.
    ///   - resolver: asked at each call to a name.
    ///   - group: the event loops that carry the connections.
    package init(
        settings: @escaping @Sendable () -> OutboundSettings,
        resolver: any HostResolver = SystemHostResolver(),
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.settings = settings
        self.resolver = resolver
        clients = OutboundClients(group: group)
    }

    package var currentSettings: OutboundSettings { settings() }

    /// Sends the request once and reads the answer up to the limit of its size.
    ///
    /// Where a name has several admitted addresses, the next one is tried when no connection came about.
    package func call(_ request: OutboundRequest) async throws(OutboundFailure) -> OutboundAnswer {
        let settings = settings()
        let addresses = try await admittedAddresses(of: request.target, policy: settings.policy)
        var failure = OutboundFailure.unreachable("No address of \(request.target.origin) could be reached.")
        for address in addresses {
            do {
                return try await send(request, to: address, limit: settings.maxResponseSize)
            } catch {
                guard case .unreachable = error else { throw error }
                failure = error
            }
        }
        throw failure
    }

    /// Closes all connections. Calls under way end with an error.
    package func shutdown() async { await clients.shutdown() }

    private func admittedAddresses(
        of target: OutboundTarget,
        policy: OutboundPolicy
    ) async throws(OutboundFailure) -> [IPAddress] {
        var addresses: [IPAddress] = []
        switch target.host {
        case .address(let address):
            addresses = [address]
        case .name(let name):
            do {
                try policy.check(target)
                addresses = try await resolver.addresses(of: name)
            } catch let refusal as OutboundRefusal {
                throw .denied(refusal.description)
            } catch {
                throw .unresolved((error as? HostUnknown)?.description ?? "The host \(name) could not be resolved.")
            }
        }
        do {
            return try policy.admitted(addresses, for: target)
        } catch {
            throw .denied(error.description)
        }
    }

    private func send(
        _ request: OutboundRequest,
        to address: IPAddress,
        limit: Int
    ) async throws(OutboundFailure) -> OutboundAnswer {
        var message = HTTPClientRequest(url: request.target.url)
        message.method = HTTPMethod(rawValue: request.method)
        message.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if let body = request.body { message.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            return try await clients.withClient(Self.pin(request.target, to: address)) { [message] client in
                let response = try await client.execute(message, deadline: .distantFuture)
                return await Self.read(response, limit: limit)
            }
        } catch {
            throw Self.failure(error, target: request.target)
        }
    }

    private static func pin(_ target: OutboundTarget, to address: IPAddress) -> OutboundClients.Pin? {
        guard case .name(let name) = target.host else { return nil }
        return OutboundClients.Pin(name: name, address: address)
    }

    private static func read(_ response: HTTPClientResponse, limit: Int) async -> OutboundAnswer {
        var body: [UInt8] = []
        var end = OutboundAnswer.BodyEnd.complete
        do {
            for try await part in response.body {
                let room = limit - body.count
                body += part.readableBytesView.prefix(room)
                if part.readableBytes > room {
                    end = .tooLarge(limit: limit)
                    break
                }
            }
        } catch {
            end = .broken(text(error))
        }
        return OutboundAnswer(
            status: Int(response.status.code),
            retryAfter: response.headers.first(name: "Retry-After"),
            body: body,
            bodyEnd: end
        )
    }

    private static func failure(_ error: any Error, target: OutboundTarget) -> OutboundFailure {
        let why = text(error)
        guard connectionFailed(error) else { return .broken("The call to \(target.origin) failed: \(why).") }
        return .unreachable("No connection to \(target.origin): \(why).")
    }

    /// True only for errors that arise before a byte of the request is sent.
    private static func connectionFailed(_ error: any Error) -> Bool {
        if let error = error as? HTTPClientError { return error == .connectTimeout || error == .tlsHandshakeTimeout }
        if let error = error as? NIOConnectionError { return !error.connectionErrors.isEmpty }
        guard let error = error as? IOError else { return false }
        return unreachableCodes.contains(error.errnoCode)
    }

    private static let unreachableCodes: Set<CInt> = [
        ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT, EACCES, EPERM,
    ]

    /// Says what happened without quoting what was sent.
    private static func text(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case is CancellationError: "given up"
        default: String(describing: error).bounded(toBytes: errorTextBytes)
        }
    }

    /// Bytes of a library's error text that are kept.
    private static let errorTextBytes = 512
}
