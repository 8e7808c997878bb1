package import Logging
package import SchedulerCore
import Synchronization

/// Sees to it that a call under a key is carried out once, and answered the same whenever it is repeated (REST §2.6).
///
/// What decides is the record that a call's transaction writes: of two nodes one gets the key, the other's call is
/// undone and answered from that record. The register of running calls only spares a node the work.
package final class IdempotencyService: Sendable {
    private let store: any IdempotencyStore
    private let logger: Logger
    private let running = Mutex<Set<CallKey>>([])

    package init(store: any IdempotencyStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Answers a call.
    ///
    /// - Parameters:
    ///   - call: as its caller identifies it.
    ///   - repeated: makes the answer of what was answered before.
    ///   - first: carries the call out. What it changes is recorded in its transaction.
    /// - Returns: what one of them gave.
    /// - Throws: ESS-01053 where the key was used for another call, ESS-01054 where a call under it is running; what
    ///   `first` throws; `StoreFault`.
    package func answer<Answer>(
        _ call: IdempotentCall,
        repeated: (RecordedAnswer) throws -> Answer,
        first: () async throws -> Answer
    ) async throws -> Answer {
        guard running.withLock({ $0.insert(call.key).inserted }) else { throw SchedulerError(1054) }
        defer { running.withLock { _ = $0.remove(call.key) } }
        if let known = try await recorded(call) { return try repeated(known) }
        do {
            return try await first()
        } catch {
            // Another node was quicker, or the commit's answer was lost: the record tells. Where it cannot be read,
            // the failure itself is all that is known.
            guard let known = try await found(call) else { throw error }
            return try repeated(known)
        }
    }

    /// Keeps an answer that no transaction has recorded as it is. One that cannot be kept is given all the same: what
    /// the call has changed is recorded with the change.
    ///
    /// - Throws: ESS-01054 where another call has the key.
    package func keep(_ message: RecordedMessage, of call: IdempotentCall) async throws {
        let isKept = message.body.count <= IdempotencyLimits.answerBytesMax
        do {
            try await store.keep(isKept ? .message(message) : .done, of: call)
        } catch let fault as StoreFault {
            logger.warning("Answer not kept under its Idempotency-Key", metadata: ["error": "\(fault)"])
        }
    }

    private func found(_ call: IdempotentCall) async throws(SchedulerError) -> RecordedAnswer? {
        do {
            return try await recorded(call)
        } catch let error as SchedulerError {
            throw error
        } catch {
            return nil
        }
    }

    /// - Throws: ESS-01053.
    private func recorded(_ call: IdempotentCall) async throws -> RecordedAnswer? {
        guard let known = try await store.recordedCall(call.key) else { return nil }
        guard known.call.fingerprint == call.fingerprint else { throw SchedulerError(1053) }
        return known.answer
    }
}
