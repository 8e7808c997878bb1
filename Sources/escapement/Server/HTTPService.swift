import Glibc
import Hummingbird
import Logging
import SchedulerHTTP
import ServiceLifecycle

/// The HTTP server as a service: it says on standard output when calls are accepted.
struct HTTPService: Service {
    let configuration: ServerConfiguration
    let services: HTTPServices
    let address: BoundAddress
    let logger: Logger
    /// Called once the address is known, before `ready` is said.
    let onBound: @Sendable () -> Void

    func run() async throws {
        let http = configuration.http
        let application = makeApplication(
            services: services,
            host: http.host,
            port: http.port,
            idleTimeout: http.idleTimeout,
            onServerRunning: { port in announce(port: port) },
            logger: logger
        )
        try await application.run()
    }

    /// The only line on standard output.
    private func announce(port: Int) {
        let host = configuration.http.host.contains(":") ? "[\(configuration.http.host)]" : configuration.http.host
        let own = "http://\(host):\(port)"
        address.set(configuration.http.publicURL?.text ?? own)
        onBound()
        let line = Array("ready \(own)\n".utf8)
        _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }
}
