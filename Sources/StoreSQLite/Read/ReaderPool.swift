internal import GRDB
import SchedulerCore
import StoreSupport

/// Few connections that read, each on a thread of its own.
///
/// A thread takes the calls that wait and runs them in one snapshot, begun after the last of them arrived: each sees
/// everything that was durable when it was made.
final class ReaderPool: Sendable {
    private let mailbox = Mailbox<StoreOperation<ReadSession>>(limit: SQLiteLimits.waitingReadsMax)
    private let readsPerSnapshot: Int

    /// - Parameter readsPerSnapshot: how many calls a thread takes at once, at most.
    init(readsPerSnapshot: Int) { self.readsPerSnapshot = readsPerSnapshot }

    /// Runs `body` on one snapshot.
    func read<Value: Sendable>(_ body: @escaping @Sendable (ReadSession) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let operation = StoreOperation(continuation) { (session: inout ReadSession) in try body(session) }
            if let refusal = mailbox.put(operation) { operation.fail(refusal) }
        }
    }

    func refuse(_ fault: StoreFault) { mailbox.refuse(fault) }

    func close(_ fault: StoreFault) { mailbox.close(fault) }

    /// Serves until the mailbox is closed and empty.
    func serve(_ session: ReadSession) {
        var session = session
        while true {
            let operations = mailbox.take(upTo: readsPerSnapshot)
            guard !operations.isEmpty else { return }
            do { try session.begin() } catch {
                operations.forEach { $0.fail(SQLiteFailure.fault(error)) }
                continue
            }
            for operation in operations {
                do {
                    try session.deadline.withinTime { try operation.run(&session) }()
                } catch {
                    operation.fail(SQLiteFailure.fault(error))
                }
            }
            // It holds nothing but the snapshot: if it cannot be given back, the next begin says so.
            try? session.end()
        }
    }
}
