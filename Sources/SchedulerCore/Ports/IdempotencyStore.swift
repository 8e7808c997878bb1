/// What was answered to calls under their keys (REST §2.6). A call that changes anything is recorded in the transaction
/// of its effect, which its method takes the call for. All calls throw `StoreFault`.
package protocol IdempotencyStore: Sendable {
    /// The call that was carried out under a key; nil where there is none that counts still.
    func recordedCall(_ key: CallKey) async throws -> RecordedCall?

    /// Keeps the answer of a call, be it recorded already or without an effect that could have recorded it.
    ///
    /// - Throws: ESS-01054 where another call has the key; `StoreFault`.
    func keep(_ answer: RecordedAnswer, of call: IdempotentCall) async throws

    /// Removes the oldest of those that count no longer.
    ///
    /// - Parameters:
    ///   - limit: at most so many.
    ///   - clock: measures how long the writer was kept.
    /// - Returns: how many there were.
    /// - Throws: `StoreFault`.
    func removeCalls(limit: Int, clock: any TimeSource) async throws -> RemovalProgress
}

/// What every transaction offers that may carry out a call under a key.
package protocol CallTransaction {
    /// Store time of the transaction.
    var now: Timestamp { get }

    /// Writes what a call did and was answered.
    ///
    /// - Throws: ESS-01054 where the key counts already: another node was quicker, and what this transaction has done
    ///   must be undone.
    mutating func record(_ call: RecordedCall) throws
}

extension CallTransaction {
    /// Records a call if it has a key.
    package mutating func record(_ call: IdempotentCall?, answering answer: @autoclosure () -> RecordedAnswer) throws {
        guard let call else { return }
        try record(RecordedCall(call, answer(), time: now))
    }
}
