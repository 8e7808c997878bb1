import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// What signals mean to the server: the first SIGTERM or SIGINT stops it gracefully, the second at once, SIGHUP
/// reloads.
struct StopSignals: Service {
    /// Exit status of a server that was told twice.
    static let impatientStatus: Int32 = 130

    let stop: @Sendable () async -> Void
    let reload: @Sendable () async -> Void
    let logger: Logger

    func run() async throws {
        var isStopping = false
        for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup) {
            if signal == .sighup {
                await reload()
            } else if isStopping {
                logger.warning("Told to stop twice, ending at once")
                _exit(Self.impatientStatus)
            } else {
                isStopping = true
                logger.notice("Told to stop", metadata: ["signal": "\(signal)"])
                await stop()
            }
        }
    }
}
