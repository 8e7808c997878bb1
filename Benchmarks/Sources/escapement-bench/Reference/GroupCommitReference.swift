import Foundation
import Synchronization

/// The yardstick of durable submission: a bare group commit, with nothing round it.
///
/// Producers leave a row each and wait; a thread takes whatever waits, inserts it in one transaction, commits once (one
/// fsync), and wakes all. No HTTP, no sign-in, no validation, one table with one index beside its key. A row is about
/// as long as a request of the server.
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

    private let writers: Int
    private let open: @Sendable () throws -> any ReferenceTable
    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - writers: threads that write, each on a connection of its own.
    ///   - open: connects to the database; it is kept from run to run, as the server's is.
    init(writers: Int, open: @escaping @Sendable () throws -> any ReferenceTable) {
        self.writers = writers
        self.open = open
    }

    /// - Returns: what the producers saw, and the transactions behind it.
    func run(producers: Int, seconds: Double) throws -> (result: LoadResult, commits: Int) {
        try serve {
            try Load.run(callers: producers, .seconds(seconds), server: nil) { [self] in
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
            return try Load.run(callers: connections, .seconds(seconds), server: nil) {
                let connection = try Connection(port: server.port)
                return { _ in try connection.exchange(message, expecting: 201) }
            }
        }
    }

    /// Runs `load` with the writers' threads behind it.
    private func serve(_ load: () throws -> LoadResult) throws -> (result: LoadResult, commits: Int) {
        state.withLock { $0 = State() }
        let ended = DispatchSemaphore(value: 0)
        for _ in 0..<writers {
            Thread { [self] in
                do { try write() } catch { fail(error) }
                ended.signal()
            }
            .start()
        }
        let result = Result { try load() }
        state.withLock { $0.isClosed = true }
        for _ in 0..<writers { filled.signal() }
        for _ in 0..<writers { ended.wait() }
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

    private func write() throws {
        let table = try open()
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
            do {
                try table.insert(entries.map(\.payload))
            } catch {
                for entry in entries { entry.done.signal() }
                throw error
            }
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
}

/// A table that a reference fills.
protocol ReferenceTable {
    /// Inserts rows with these payloads in one durable transaction.
    func insert(_ payloads: [[UInt8]]) throws
}
