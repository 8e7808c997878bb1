import Logging
import PostgresClient
import SchedulerCore
import StoreSupport

/// Those who read: one thread for single requests, which answers all that wait with one statement, a few for what
/// callers make up, and a few for everything else. A search may take as long as statements may; no loop waits for it.
final class PostgresReaders: Sendable {
    /// A request that is asked for.
    private struct PointRead: Sendable {
        let id: RequestID
        let answer: @Sendable (Result<RequestDetail?, any Error>) -> Void
    }

    private let points: ConnectedServer<PointRead, ReadSession>
    private let reads: ConnectedServer<StoreOperation<ReadSession>, ReadSession>
    private let searches: ConnectedServer<StoreOperation<ReadSession>, ReadSession>
    private let readThreads: Int
    /// A single thread has to serve both.
    private let searchThreads: Int

    /// - Parameters:
    ///   - database: how to reach it.
    ///   - threads: how many do not read single requests, at least 1.
    ///   - statementTimeout: how long a statement may take.
    ///   - pause: between two tries to connect.
    ///   - logger: is told of lost connections.
    init(_ database: PostgresOptions, threads: Int, statementTimeout: Duration, pause: Pause, logger: Logger) {
        searchThreads = threads / 2
        readThreads = max(1, threads - searchThreads)
        let open: @Sendable () throws -> ReadSession = {
            try ReadSession(database, statementTimeout: statementTimeout)
        }
        let fault: @Sendable (any Error) -> any Error = { Self.fault($0, limit: statementTimeout) }
        points = ConnectedServer(
            limit: PostgresStoreLimits.waitingReadsMax,
            batchWeight: PostgresStoreLimits.pointReadsMax,
            pause: pause,
            logger: logger,
            open: open,
            run: { reads, session, isLastTry in
                do {
                    let found = try Self.details(reads.map(\.id), in: session)
                    for read in reads { read.answer(.success(found[read.id])) }
                } catch let error as PostgresError where error.endsSession && !isLastTry {
                    session.connection.close()
                    return reads
                } catch {
                    for read in reads { read.answer(.failure(fault(error))) }
                }
                return []
            },
            fail: { $0.answer(.failure($1)) }
        )
        let operations = {
            ConnectedServer<StoreOperation<ReadSession>, ReadSession>(
                limit: PostgresStoreLimits.waitingReadsMax,
                pause: pause,
                logger: logger,
                open: open,
                run: { operations, session, isLastTry in
                    var session = session
                    return operations.filter { operation in
                        do {
                            try operation.run(&session)()
                        } catch let error as PostgresError where error.endsSession && !isLastTry {
                            session.connection.close()
                            return true
                        } catch {
                            operation.fail(fault(error))
                        }
                        return false
                    }
                },
                fail: { $0.fail($1) }
            )
        }
        reads = operations()
        searches = operations()
    }

    func start() async throws -> [OneTimeEvent] {
        var threads = [try await points.start("store.point-reader")]
        for _ in 0..<readThreads { threads.append(try await reads.start("store.reader")) }
        for _ in 0..<searchThreads { threads.append(try await searches.start("store.searcher")) }
        return threads
    }

    func close() {
        points.mailbox.close(PostgresFault.closed)
        reads.mailbox.close(PostgresFault.closed)
        searches.mailbox.close(PostgresFault.closed)
    }

    /// The request with its side data; nil if there is none.
    func request(_ id: RequestID) async throws -> RequestDetail? {
        try await withCheckedThrowingContinuation { continuation in
            let read = PointRead(id: id) { continuation.resume(with: $0) }
            if let refusal = points.mailbox.put(read) { read.answer(.failure(refusal)) }
        }
    }

    /// Runs `body`, which finds what it reads at once, on a reading connection; once more where that is lost.
    func read<Value: Sendable>(_ body: @escaping @Sendable (ReadSession) throws -> Value) async throws -> Value {
        try await run(body, by: reads)
    }

    /// The same of a `body` that may have to look at whole tables.
    func search<Value: Sendable>(_ body: @escaping @Sendable (ReadSession) throws -> Value) async throws -> Value {
        try await run(body, by: searchThreads > 0 ? searches : reads)
    }

    private func run<Value: Sendable>(
        _ body: @escaping @Sendable (ReadSession) throws -> Value,
        by server: ConnectedServer<StoreOperation<ReadSession>, ReadSession>
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let operation = StoreOperation(continuation) { (session: inout ReadSession) in try body(session) }
            if let refusal = server.mailbox.put(operation) { operation.fail(refusal) }
        }
    }

    private static func details(
        _ ids: [RequestID],
        in session: ReadSession
    ) throws -> [RequestID: RequestDetail] {
        let numbers = Array(Set(ids.map(\.value)))
        let found = try session.query(PollQueries.details) { $0.append(array: numbers) }
            .stored { try session.detail($0, parameters: true) }
        return Dictionary(found.map { ($0.request.id, $0) }) { first, _ in first }
    }

    private static func fault(_ error: any Error, limit: Duration) -> StoreFault {
        if let error = error as? PostgresError, error.isCancelled {
            return StoreFault(error.description, kind: .timedOut(after: limit))
        }
        return PostgresFault.fault(error)
    }
}
