/// A call that its caller may repeat under the same key: the repeat has the same answer and no effect (REST §2.6).
package struct IdempotentCall: Hashable, Sendable {
    package let key: CallKey
    /// Digest of all that is asked for: tells a repeat from another call under the same key.
    package let fingerprint: [UInt8]

    package init(key: CallKey, fingerprint: [UInt8]) {
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// Under what a call is known. Keys of different callers have nothing to do with each other.
package struct CallKey: Hashable, Sendable {
    /// Digest of who calls; a handle that stands for credentials is not told by it.
    package let caller: String
    /// `Idempotency-Key`: visible ASCII.
    package let value: String

    package init(caller: String, value: String) {
        self.caller = caller
        self.value = value
    }
}

/// Bounds of what is remembered of calls, each with its unit.
package enum IdempotencyLimits {
    /// How long an answer is kept (REST §2.6).
    package static let kept: Duration = .seconds(86_400)
    /// The same in milliseconds of store time.
    package static let keptMilliseconds = kept.wholeMilliseconds
    /// Bytes of the longest answer that is kept as a whole.
    package static let answerBytesMax = 1024 * 1024
}
