import Logging
import PostgresClient
import SchedulerCore
import StoreSupport
import Synchronization

/// What the writers do: take whatever waits, run it in one transaction, commit once, answer all.
///
/// There is no timer: an idle store answers at once, a busy one gathers the next batch while the server works. A caller
/// is answered after the commit only. An operation that fails takes nobody with it: the batch is undone and each is
/// run alone.
final class PostgresCommitter: Sendable {
    private let statisticsState = Mutex(WriterStatistics())
    private let clock: StoreClock
    private let logger: Logger
    private let beforeCommit: (@Sendable () throws -> Void)?
    /// Called after a commit that gave other nodes something to do.
    private let notify: @Sendable (WakeUps) -> Void

    init(
        clock: StoreClock,
        logger: Logger,
        beforeCommit: (@Sendable () throws -> Void)?,
        notify: @escaping @Sendable (WakeUps) -> Void
    ) {
        self.clock = clock
        self.logger = logger
        self.beforeCommit = beforeCommit
        self.notify = notify
    }

    var statistics: WriterStatistics { statisticsState.withLock { $0 } }

    /// Runs operations and answers them.
    ///
    /// - Returns: those that a lost connection left undone and unanswered; none at the last try.
    func run(_ operations: [WriteOperation], in session: WriteSession, isLastTry: Bool) -> [WriteOperation] {
        var conflicts = 0
        while true {
            do throws(BatchFailure) {
                try transact(operations, in: session)
                return []
            } catch {
                switch error {
                case .conflict where conflicts < PostgresStoreLimits.conflictRetriesMax:
                    conflicts += 1
                case .lost where !isLastTry:
                    return operations
                case .lost(let fault), .transaction(let fault):
                    operations.forEach { $0.operation.fail(fault) }
                    return []
                case .operation(let error) where operations.count == 1:
                    operations[0].operation.fail(error is any StoreRefusal ? error : PostgresFault.fault(error))
                    return []
                case .conflict(let fault) where operations.count == 1:
                    operations[0].operation.fail(fault)
                    return []
                case .operation(let error):
                    return runAlone(operations, after: error, in: session, isLastTry: isLastTry)
                case .conflict(let fault):
                    return runAlone(operations, after: fault, in: session, isLastTry: isLastTry)
                }
            }
        }
    }

    private func runAlone(
        _ operations: [WriteOperation],
        after error: any Error,
        in session: WriteSession,
        isLastTry: Bool
    ) -> [WriteOperation] {
        logger.warning(
            "a batch was undone and is repeated one by one",
            metadata: ["error": "\(PostgresFault.fault(error))", "operations": "\(operations.count)"]
        )
        var undone: [WriteOperation] = []
        for operation in operations {
            // Without a connection none of the rest has a chance now.
            undone += undone.isEmpty ? run([operation], in: session, isLastTry: isLastTry) : [operation]
        }
        return undone
    }

    // MARK: - One transaction

    private func transact(_ operations: [WriteOperation], in session: WriteSession) throws(BatchFailure) {
        let work: UnitOfWork
        do {
            var needs = WriteNeeds()
            for operation in operations { needs.add(operation.needs) }
            work = try UnitOfWork.begin(needs, clock: clock, in: session)
        } catch {
            throw undo(session, after: error)
        }
        var transaction = PostgresTransaction(work: work)
        var answers: [() -> Void] = []
        answers.reserveCapacity(operations.count)
        for operation in operations {
            let writes = work.writes
            do {
                answers.append(try operation.operation.run(&transaction))
            } catch let refusal as any StoreRefusal where work.writes == writes {
                // Refused before it decided anything: nothing to undo.
                answers.append { operation.operation.fail(refusal) }
            } catch {
                throw undo(session, after: error)
            }
        }
        if work.hasWritten {
            try commit(work)
        } else {
            // It may hold locks, over which a pass of the next moment would have to step, and nothing worth an fsync.
            session.rollback()
        }
        statisticsState.withLock {
            $0.commits += work.hasWritten ? 1 : 0
            $0.operations += operations.count
        }
        for answer in answers { answer() }
        if work.hasWritten, !work.wakeUps.isEmpty { notify(work.wakeUps) }
    }

    private func commit(_ work: UnitOfWork) throws(BatchFailure) {
        let calls: [WriteSession.Call]
        do {
            try beforeCommit?()
            calls = try work.ending()
        } catch {
            throw undo(work.session, after: error)
        }
        do {
            _ = try work.session.exchange(calls)
        } catch let error as PostgresError where error.endsSession {
            work.session.connection.close()
            throw .transaction(PostgresFault.unknownOutcome(error))
        } catch {
            throw undo(work.session, after: error)
        }
    }

    /// Rolls back and tells what that means for the batch.
    private func undo(_ session: WriteSession, after error: any Error) -> BatchFailure {
        statisticsState.withLock { $0.undone += 1 }
        session.rollback()
        // Some of them may have been made in the transaction.
        session.labels.forget()
        if error is LostLockRace {
            return .conflict(StoreFault("other transactions change the same locks all the time", kind: .unavailable))
        }
        guard let error = error as? PostgresError else { return .operation(error) }
        switch error.cause {
        case _ where error.endsSession:
            session.connection.close()
            return .lost(PostgresFault.fault(error))
        case .server where error.isTransactionConflict:
            return .conflict(StoreFault("lost against other transactions: \(error)", kind: .unavailable))
        case .server where error.isReadOnly:
            // A standby, or a primary of former times: the next connection may find the right one.
            session.connection.close()
            return .lost(PostgresFault.fault(error))
        case .server where error.sqlState?.code == WriteStatements.guardCode:
            return .operation(SchedulerError(1051, error.message))
        case .server where error.sqlState?.code == CallQueries.keyInUseCode:
            return .operation(SchedulerError(1054))
        case .server where error.sqlState?.category == "53":
            return .transaction(PostgresFault.fault(error))
        default: return .operation(error)
        }
    }
}

/// How a batch can fail.
private enum BatchFailure: Error {
    /// One operation; the others are innocent.
    case operation(any Error)
    /// Another transaction was in the way; the same may succeed now.
    case conflict(StoreFault)
    /// Nothing was written, because the connection was lost.
    case lost(StoreFault)
    /// For a reason that lies in none of them.
    case transaction(StoreFault)
}
