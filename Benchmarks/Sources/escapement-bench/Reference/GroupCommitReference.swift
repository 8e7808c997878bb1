import Foundation
import Synchronization

/// The yardstick of durable submission: a bare group commit, with nothing round it.
///
/// Producers leave a row each and wait; one thread takes whatever waits, inserts it row by row in one transaction,
/// commits once (`synchronous=FULL`: one fsync), and wakes all. No HTTP, no sign-in, no validation, one table with one
/// index beside its key. A row is about as long as a request of the server.
final class GroupCommitReference: Sendable {
    /// Bytes of the parameters and labels that the server keeps of a submission.
    private static let payloadBytes = 320

    struct Entry {
        let payload: [UInt8]
        let done: DispatchSemaphore
    }

    private struct State {
        var waiting: [Entry] = []
        var isClosed = false
        var commits = 0
        var failure: (any Error)?
    }

    private let path: String
    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)

    /// - Parameter path: of the database; it is kept from run to run, as the server's is.
    init(path: String) { self.path = path }

    /// - Returns: what the producers saw, and the transactions behind it.
    func run(producers: Int, seconds: Double) throws -> (result: LoadResult, commits: Int) {
        try serve {
            try Load.run(callers: producers, .seconds(seconds), serverPID: nil) { [self] in
                let done = DispatchSemaphore(value: 0)
                let payload = [UInt8](repeating: 0x61, count: Self.payloadBytes)
                return { [self] _ in try submit(Entry(payload: payload, done: done)) }
            }
        }
    }

    /// The same, reached over HTTP by messages with a body.
    func run(connections: Int, seconds: Double, _ message: [UInt8]) throws -> (result: LoadResult, commits: Int) {
        try serve {
            let server = try ReferenceServer { [self] in try submit($0) }
            defer { server.close() }
            return try Load.run(callers: connections, .seconds(seconds), serverPID: nil) {
                let connection = try Connection(port: server.port)
                return { _ in try connection.exchange(message, expecting: 201) }
            }
        }
    }

    /// Runs `load` with the writer's thread behind it.
    private func serve(_ load: () throws -> LoadResult) throws -> (result: LoadResult, commits: Int) {
        state.withLock { $0 = State() }
        let (path, ended) = (path, DispatchSemaphore(value: 0))
        let writer = Thread { [self] in
            do { try write(to: path) } catch { fail(error) }
            ended.signal()
        }
        writer.start()
        let result = Result { try load() }
        state.withLock { $0.isClosed = true }
        filled.signal()
        ended.wait()
        return (try result.get(), state.withLock { $0.commits })
    }

    private func submit(_ entry: Entry) throws {
        let isFirst = try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.waiting.append(entry)
            return state.waiting.count == 1
        }
        if isFirst { filled.signal() }
        entry.done.wait()
    }

    private func write(to path: String) throws {
        let database = try Database(path)
        try database.execute(Self.schema)
        let begin = try database.prepare("BEGIN IMMEDIATE")
        let commit = try database.prepare("COMMIT")
        let insert = try database.prepare(Self.insert)
        while true {
            filled.wait()
            let (entries, isClosed) = state.withLock { state in
                let entries = state.waiting
                state.waiting.removeAll(keepingCapacity: true)
                return (entries, state.isClosed)
            }
            if entries.isEmpty {
                if isClosed { return }
                continue
            }
            try begin.run()
            let now = Instant.wall() / 1_000_000
            for entry in entries {
                try entry.payload.withUnsafeBytes { payload in
                    insert.bind(1, now)
                    insert.bind(2, now + 1_000_000_000)
                    insert.bind(3, payload)
                    try insert.run()
                }
            }
            try commit.run()
            state.withLock { $0.commits += 1 }
            for entry in entries { entry.done.signal() }
        }
    }

    private func fail(_ error: any Error) {
        let waiting = state.withLock { state in
            state.failure = error
            return state.waiting
        }
        for entry in waiting { entry.done.signal() }
    }

    private static let schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS request (
            id INTEGER PRIMARY KEY,
            definition INTEGER NOT NULL,
            submitter INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            state INTEGER NOT NULL,
            submission_time INTEGER NOT NULL,
            dispatch_at INTEGER NOT NULL,
            payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS request_for_dispatch ON request (priority, dispatch_at) WHERE state = 1;
        """

    private static let insert = """
        INSERT INTO request (definition, submitter, priority, state, submission_time, dispatch_at, payload)
        VALUES (1, 1, 4, 1, ?1, ?2, ?3)
        """
}
