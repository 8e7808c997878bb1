import Logging
import PostgresClient
import SchedulerCore
import StoreSupport

/// A connection with what belongs to it. Stays on its thread.
protocol PostgresSession: AnyObject, SendableMetatype {
    var connection: PostgresConnection { get }
}

/// Threads that serve a mailbox, each on a connection of its own, made anew where it was lost.
///
/// While the server is away the mailbox refuses callers at once; the threads go on trying to connect.
final class ConnectedServer<Item: Sendable, Session: PostgresSession>: Sendable {
    let mailbox: Mailbox<Item>
    private let batchWeight: Int
    private let pause: Pause
    private let logger: Logger
    private let open: @Sendable () throws -> Session
    private let run: @Sendable (_ items: [Item], _ session: Session, _ isLastTry: Bool) -> [Item]
    private let fail: @Sendable (Item, StoreFault) -> Void

    /// - Parameters:
    ///   - limit: items that may wait.
    ///   - batchWeight: weight of the items that are run together at most.
    ///   - pause: ended when the store is closed.
    ///   - logger: told when the server goes and comes.
    ///   - open: connects.
    ///   - run: serves items and returns those that a lost connection left undone, for another try if there is one.
    ///   - fail: answers an item that cannot be served.
    init(
        limit: Int,
        batchWeight: Int = 1,
        pause: Pause,
        logger: Logger,
        open: @escaping @Sendable () throws -> Session,
        run: @escaping @Sendable (_ items: [Item], _ session: Session, _ isLastTry: Bool) -> [Item],
        fail: @escaping @Sendable (Item, StoreFault) -> Void
    ) {
        mailbox = Mailbox(limit: limit)
        self.batchWeight = batchWeight
        self.pause = pause
        self.logger = logger
        self.open = open
        self.run = run
        self.fail = fail
    }

    /// Starts a thread, once it has connected.
    func start(_ name: String) async throws -> OneTimeEvent {
        try await StoreThread.start(name, open: open) { [self] session in serve(session) }
    }

    /// Serves until the mailbox is closed and empty.
    private func serve(_ first: Session) {
        var session: Session? = first
        while true {
            var items = mailbox.take(upTo: batchWeight)
            guard !items.isEmpty else { break }
            var isLastTry = false
            while !items.isEmpty {
                do {
                    let connected = try connected(session)
                    session = connected
                    items = run(items, connected, isLastTry)
                    isLastTry = true
                } catch {
                    session = nil
                    let fault = PostgresFault.fault(error)
                    let away = StoreFault("the database is away: \(fault)", kind: .unavailable)
                    for item in items + mailbox.suspend(away) { fail(item, away) }
                    items = []
                    session = awaitReturn(away)
                }
            }
        }
        session?.connection.close()
    }

    /// The session, or a new one where it is known to be lost.
    private func connected(_ session: Session?) throws -> Session {
        if let session, session.connection.isAlive { return session }
        session?.connection.close()
        return try open()
    }

    /// Tries to connect until it succeeds or the store is closed.
    private func awaitReturn(_ reason: StoreFault) -> Session? {
        logger.error("the database is away", metadata: ["error": "\(reason)"])
        let policy = ReconnectionPolicy(
            first: .milliseconds(PostgresStoreLimits.reconnectMillisecondsMin),
            longest: .milliseconds(PostgresStoreLimits.reconnectMillisecondsMax)
        )
        var failures = 0
        while !mailbox.isClosed {
            failures += 1
            pause.wait(policy.pause(after: failures, jitter: .random(in: 0..<1)))
            guard !mailbox.isClosed, let session = try? open() else { continue }
            logger.notice("the database is back")
            mailbox.resume()
            return session
        }
        return nil
    }
}
