internal import CLibPQ

/// A connection that hears notifications and never blocks without an ear for its waker. Stays on one thread.
final class ListenerLink {
    private let handle: OpaquePointer
    private let waker: Waker

    /// Connects.
    ///
    /// - Throws: `PostgresError`; of cause `closed` if it was woken.
    init(_ options: PostgresOptions, waker: Waker) throws(PostgresError) {
        let keywords = try ConnectionKeywords(options)
        guard let handle = keywords.withPointers({ PQconnectStartParams($0, $1, 1) }) else {
            throw PostgresError(.notConnected, "out of memory")
        }
        self.handle = handle
        self.waker = waker
        // libpq would print notices on standard error.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        try connect(until: MonotonicClock.now() + PostgresLimits.listenerConnectTime)
    }

    deinit { PQfinish(handle) }

    func listen(to channels: [String]) throws(PostgresError) {
        let names = channels.map { name in
            name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        }
        let sql = names.map { "LISTEN \"\($0)\"" }.joined(separator: ";")
        guard PQsendQuery(handle, sql) == 1 else { throw PostgresError(failed: nil, on: handle) }
        let deadline = MonotonicClock.now() + PostgresLimits.listenerConnectTime
        while true {
            while PQisBusy(handle) == 1 {
                try wait(isForWriting: false, until: deadline)
                guard PQconsumeInput(handle) == 1 else { throw PostgresError(failed: nil, on: handle) }
            }
            guard let result = PQgetResult(handle) else { return }
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw PostgresError(failed: result, on: handle) }
        }
    }

    /// Waits for notifications and gives those that have come.
    ///
    /// - Throws: `PostgresError`; of cause `closed` if it was woken.
    func receive(_ handler: (_ channel: String, _ payload: String) -> Void) throws(PostgresError) {
        deliver(handler)
        try wait(isForWriting: false, until: nil)
        let isOpen = PQconsumeInput(handle) == 1
        deliver(handler)
        guard isOpen, PQstatus(handle) == CONNECTION_OK else {
            throw PostgresError(.connectionLost, PostgresError(failed: nil, on: handle).message)
        }
    }

    private func deliver(_ handler: (String, String) -> Void) {
        while let notification = PQnotifies(handle) {
            handler(String(cString: notification.pointee.relname), String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
    }

    private func connect(until deadline: Duration) throws(PostgresError) {
        // libpq wants to be asked only after the first write became possible.
        var state = PGRES_POLLING_WRITING
        while true {
            guard PQstatus(handle) != CONNECTION_BAD else { throw PostgresError(connecting: handle) }
            switch state {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_FAILED: throw PostgresError(connecting: handle)
            case PGRES_POLLING_READING: try wait(isForWriting: false, until: deadline)
            default: try wait(isForWriting: true, until: deadline)
            }
            state = PQconnectPoll(handle)
        }
    }

    private func wait(isForWriting: Bool, until deadline: Duration?) throws(PostgresError) {
        while true {
            let rest = deadline.map { $0 - MonotonicClock.now() }
            if let rest, rest <= .zero { throw PostgresError(.notConnected, "no answer in time") }
            switch Descriptors.wait(for: PQsocket(handle), isForWriting: isForWriting, or: waker, timeout: rest) {
            case .ready: return
            case .woken: throw PostgresError(.closed, "the listener was stopped")
            case .timedOut: continue
            }
        }
    }
}
