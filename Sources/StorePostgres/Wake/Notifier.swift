import Logging
import PostgresClient
import StoreSupport

/// Tells the other nodes that there is something to do: one notification for all changes committed while the one
/// before was under way, from a connection of its own, so that no call waits for it.
final class Notifier: Sendable {
    private let server: ConnectedServer<WakeUps, NotifierSession>
    /// Tells this store's notifications from those of others.
    private let token = String(UInt32.random(in: .min ... .max), radix: 16)

    init(_ database: PostgresOptions, channel: String, pause: Pause, logger: Logger) {
        let token = token
        server = ConnectedServer(
            limit: .max,
            batchWeight: .max,
            pause: pause,
            logger: logger,
            open: { try NotifierSession(database) },
            run: { wakeUps, session, isLastTry in
                let all = wakeUps.reduce(into: WakeUps()) { $0.formUnion($1) }
                var parameters = PostgresParameters()
                parameters.append(channel)
                parameters.append("\(all.rawValue) \(token)")
                do {
                    _ = try session.connection.query("SELECT pg_notify($1, $2)", parameters)
                } catch {
                    if !isLastTry, !session.connection.isUsable { return [all] }
                    logger.warning("nodes could not be notified", metadata: ["error": "\(PostgresFault.fault(error))"])
                }
                return []
            },
            // They will find out by themselves.
            fail: { _, _ in }
        )
    }

    func start() async throws -> OneTimeEvent { try await server.start("store.notifier") }

    func close() { server.mailbox.close(PostgresFault.closed) }

    func notify(_ wakeUps: WakeUps) { _ = server.mailbox.put(wakeUps) }

    /// What another store says with a payload; nil where it is our own.
    func wakeUps(of payload: String) -> WakeUps? {
        let parts = payload.split(separator: " ")
        guard let value = parts.first.flatMap({ Int($0) }), parts.last.map(String.init) != token else { return nil }
        return WakeUps(rawValue: value)
    }
}

private final class NotifierSession: PostgresSession {
    let connection: PostgresConnection

    init(_ options: PostgresOptions) throws {
        var options = options
        options.settings.merge(SessionSettings.notifier) { _, ours in ours }
        connection = try PostgresConnection(options)
    }
}
