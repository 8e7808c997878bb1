internal import GRDB
import Logging
import SchedulerCore
import StoreSupport
import Synchronization

/// The one writer: takes whatever waits, runs it in one transaction, commits once, answers all.
///
/// There is no timer: an idle store answers at once, a busy one gathers the next batch while the disk works. A caller
/// is answered after the commit only. An operation that fails takes nobody with it: the batch is undone and each is
/// run alone.
final class GroupCommitter: Sendable {
    private let mailbox = Mailbox<StoreOperation<SQLiteTransaction>>(limit: SQLiteLimits.waitingWritesMax)
    private let statisticsState = Mutex(WriterStatistics())
    /// Milliseconds of the newest transaction, for those who ask the time.
    private let newestTime = Atomic<Int64>(0)
    private let time: any TimeSource
    private let logger: Logger
    private let beforeCommit: (@Sendable () throws -> Void)?
    /// Called when the connection can no longer be trusted.
    private let onSpoiled: @Sendable (StoreFault) -> Void

    init(
        time: any TimeSource,
        logger: Logger,
        beforeCommit: (@Sendable () throws -> Void)?,
        onSpoiled: @escaping @Sendable (StoreFault) -> Void
    ) {
        self.time = time
        self.logger = logger
        self.beforeCommit = beforeCommit
        self.onSpoiled = onSpoiled
    }

    var statistics: WriterStatistics { statisticsState.withLock { $0 } }

    var waiting: Int { mailbox.count }

    /// Store time: the wall clock, never behind the newest transaction.
    func now() -> Timestamp {
        let wall = time.now().milliseconds
        return Timestamp(milliseconds: newestTime.max(wall, ordering: .acquiringAndReleasing).newValue)
    }

    /// Runs `body` in a transaction it may share with others; returns when that is on disk.
    ///
    /// - Parameters:
    ///   - weight: commands in it.
    ///   - body: may be run again, after a transaction that was undone.
    /// - Returns: what `body` returned.
    /// - Throws: what `body` throws, `StoreFault`.
    func write<Value: Sendable>(
        weight: Int = 1,
        _ body: @escaping @Sendable (inout SQLiteTransaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let operation = StoreOperation(continuation, body)
            if let refusal = mailbox.put(operation, weight: weight) { operation.fail(refusal) }
        }
    }

    func refuse(_ fault: StoreFault) { mailbox.refuse(fault) }

    func close(_ fault: StoreFault) { mailbox.close(fault) }

    // MARK: - On the writer's thread

    /// Store time goes on where the file's newest transaction left it.
    func resume(after session: WriteSession) {
        newestTime.max(session.counters.lastTime.milliseconds, ordering: .acquiringAndReleasing)
    }

    /// Serves until the mailbox is closed and empty.
    ///
    /// - Returns: whether the connection may be closed; false if nobody knows what it would do to the file.
    func serve(_ session: WriteSession) -> Bool {
        var spoiled: StoreFault?
        while true {
            let operations = mailbox.take(upTo: SQLiteLimits.batchOperationsMax)
            guard !operations.isEmpty else { break }
            run(operations, in: session, spoiled: &spoiled)
        }
        guard spoiled == nil else { return false }
        do { try session.finish() } catch {
            logger.error(
                "the store could not be closed in order; nothing that was answered is lost",
                metadata: ["error": "\(SQLiteFailure.fault(error))"]
            )
            return false
        }
        return true
    }

    private func run(
        _ operations: [StoreOperation<SQLiteTransaction>],
        in session: WriteSession,
        spoiled: inout StoreFault?
    ) {
        if let spoiled { return operations.forEach { $0.fail(spoiled) } }
        do throws(BatchFailure) {
            try transact(operations, in: session)
        } catch {
            switch error {
            case .operation(let error) where operations.count == 1:
                operations[0].fail(error is any StoreRefusal ? error : SQLiteFailure.fault(error))
            case .operation(let error):
                logger.warning(
                    "a batch was undone and is repeated one by one",
                    metadata: ["error": "\(SQLiteFailure.fault(error))", "operations": "\(operations.count)"]
                )
                for operation in operations { run([operation], in: session, spoiled: &spoiled) }
            case .transaction(let fault):
                operations.forEach { $0.fail(fault) }
            case .connection(let fault):
                spoiled = spoil(fault)
                operations.forEach { $0.fail(fault) }
            }
        }
        if spoiled == nil { spoiled = checkpoint(session) }
    }

    private func spoil(_ fault: StoreFault) -> StoreFault {
        logger.critical("the store can no longer be written; restart", metadata: ["error": "\(fault)"])
        onSpoiled(fault)
        return fault
    }

    /// Runs the operations in one transaction and answers them once it is on disk.
    private func transact(
        _ operations: [StoreOperation<SQLiteTransaction>],
        in session: WriteSession
    ) throws(BatchFailure) {
        var transaction: SQLiteTransaction
        do { transaction = try session.begin(wallClock: now()) } catch {
            throw .transaction(SQLiteFailure.fault(error))
        }
        newestTime.max(transaction.now.milliseconds, ordering: .acquiringAndReleasing)
        var answers: [() -> Void] = []
        answers.reserveCapacity(operations.count)
        for operation in operations {
            let writes = session.writes
            do {
                answers.append(try operation.run(&transaction))
            } catch let refusal as any StoreRefusal where session.writes == writes {
                // Refused before it wrote anything: nothing to undo.
                answers.append { operation.fail(refusal) }
            } catch {
                statisticsState.withLock { $0.undone += 1 }
                try rollback(session, after: error)
                throw .operation(error)
            }
        }
        try commit(session, operations: operations.count)
        for answer in answers { answer() }
    }

    private func commit(_ session: WriteSession, operations: Int) throws(BatchFailure) {
        let hasWritten = session.hasWritten
        do {
            if hasWritten { try beforeCommit?() }
            try session.commit()
        } catch {
            if let failure = error as? SQLiteFailure, failure.spoilsConnection {
                // Gives up the write lock; what is in the log stays there.
                try? session.rollback()
                throw .connection(Self.restartNeeded(failure.fault))
            }
            try rollback(session, after: error)
            throw .transaction(SQLiteFailure.fault(error))
        }
        statisticsState.withLock {
            $0.commits += hasWritten ? 1 : 0
            $0.operations += operations
        }
    }

    private func rollback(_ session: WriteSession, after error: any Error) throws(BatchFailure) {
        do { try session.rollback() } catch { throw .connection(Self.restartNeeded(SQLiteFailure.fault(error))) }
    }

    /// What was answered stays true whatever becomes of the log; but one that cannot be copied must not be reused.
    private func checkpoint(_ session: WriteSession) -> StoreFault? {
        do {
            if try session.checkpointIfDue() { statisticsState.withLock { $0.checkpoints += 1 } }
            return nil
        } catch {
            return spoil(Self.restartNeeded(SQLiteFailure.fault(error)))
        }
    }

    private static func restartNeeded(_ fault: StoreFault) -> StoreFault {
        StoreFault("the database can no longer be trusted until a restart: \(fault)", kind: .unavailable)
    }
}

/// How a batch can fail.
private enum BatchFailure: Error {
    /// One operation; the others are innocent.
    case operation(any Error)
    /// Nothing was written, for a reason that lies in none of them.
    case transaction(StoreFault)
    /// Nobody knows what is on disk.
    case connection(StoreFault)
}
