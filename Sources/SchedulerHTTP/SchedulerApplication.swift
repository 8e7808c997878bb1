package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The HTTP server of a node, ready to be run as a service.
///
/// - Parameters:
///   - services: what its operations call.
///   - host: address or name to listen on.
///   - port: 0 takes a free one.
///   - idleTimeout: how long a connection may stand still, or take to bring the head of a call
///     (`http.idleTimeout`), while nothing is being answered on it.
///   - onServerRunning: called with the port once calls are accepted.
///   - logger: of the server; bodies and secrets never get there.
/// - Returns: the application; whoever runs it owns its life.
package func makeApplication(
    services: HTTPServices,
    host: String,
    port: Int,
    idleTimeout: Duration,
    onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in },
    logger: Logger
) -> some ApplicationProtocol {
    let configuration = HTTP1Channel.Configuration(
        idleTimeout: TimeAmount(idleTimeout),
        httpDecoderConfiguration: .init(
            maxHeaderFieldSize: HTTPLimits.parsedHeadBytesMax,
            maxHeaderListSize: HTTPLimits.parsedHeadBytesMax
        )
    )
    return Application(
        responder: SchedulerResponder(services: services, logger: logger),
        server: HTTPServerBuilder { responder in
            let base = HTTP1Channel(responder: responder, configuration: configuration)
            return MannerlyChannel(base: base, publicURL: services.publicURL)
        },
        configuration: ApplicationConfiguration(
            address: .hostname(host, port: port),
            serverName: nil,
            backlog: listenBacklog
        ),
        onServerRunning: { channel in await onServerRunning(channel.localAddress?.port ?? port) },
        logger: logger
    )
}

/// Connections that may wait for being accepted.
private let listenBacklog = 1024
