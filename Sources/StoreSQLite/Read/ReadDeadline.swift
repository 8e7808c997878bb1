internal import GRDBSQLite
import SchedulerCore

/// Breaks off what a reading connection does once it takes too long: filters are free to ask what no index serves, and
/// a thread that walks the table for one caller is missing to all others.
///
/// SQLite calls back every few steps of its machine, so a read that is short never asks the clock. Stays on the thread
/// of its connection.
final class ReadDeadline {
    private let connection: OpaquePointer
    private let time: any TimeSource
    private let limit: Duration
    /// Nil until the read has made its first steps.
    private var end: Duration?
    private var isOver = false

    init(_ connection: OpaquePointer, time: any TimeSource, limit: Duration) {
        self.connection = connection
        self.time = time
        self.limit = limit
        // Unretained: the connection forgets it before it goes.
        sqlite3_progress_handler(
            connection,
            SQLiteLimits.stepsPerLookAtTheClock,
            { pointer in
                guard let pointer else { return 0 }
                return Unmanaged<ReadDeadline>.fromOpaque(pointer).takeUnretainedValue().isPassed() ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    deinit { sqlite3_progress_handler(connection, 0, nil, nil) }

    /// Runs a read, which then has the whole time for itself.
    ///
    /// - Parameter body: all statements of the read.
    /// - Returns: what `body` returned.
    /// - Throws: `StoreFault` of the kind `timedOut`; what else `body` throws.
    func withinTime<Value>(_ body: () throws -> Value) throws -> Value {
        end = nil
        isOver = false
        defer { end = nil }
        do {
            return try body()
        } catch let failure as SQLiteFailure where isOver {
            throw StoreFault(failure.fault.description, kind: .timedOut(after: limit))
        }
    }

    private func isPassed() -> Bool {
        let now = time.monotonicNow()
        guard let end else {
            self.end = now + limit
            return false
        }
        isOver = now >= end
        return isOver
    }
}
