/// When a delivery is tried again, and when no more: pure, so that a simulated and a real loop do the same.
package enum OutboxPolicy {
    /// Pause after the first failed try; it doubles up to `DeliveryTerms.maxPause`.
    package static let firstPause: Duration = .seconds(1)
    /// Longest pause where nothing else is configured.
    package static let pauseMax: Duration = .seconds(15 * 60)
    /// Bytes of a failure's text that are kept.
    package static let errorBytes = 512
    /// Doublings after which the pause is the longest in any case.
    private static let doublingsMax = 20

    /// The entry after a try.
    ///
    /// - Parameters:
    ///   - entry: pending.
    ///   - outcome: of the try.
    ///   - now: store time.
    ///   - terms: how long it is tried, and with what pauses.
    /// - Returns: delivered, expired, or pending with the instant of the next try: at the latest the horizon's end, so
    ///   that the last try comes then.
    package static func settled(
        _ entry: OutboxEntry,
        _ outcome: DeliveryOutcome,
        now: Timestamp,
        terms: DeliveryTerms
    ) -> OutboxEntry {
        var entry = entry
        entry.tries += 1
        entry.lastTry = now
        entry.lastStatus = outcome.status
        entry.lastError = outcome.failure?.bounded(toBytes: errorBytes)
        guard outcome.failure != nil else {
            entry.status = .delivered
            return entry
        }
        let end = entry.since + terms.horizon
        guard now < end else {
            entry.status = .expired
            return entry
        }
        let wished = min(outcome.retryAfter ?? .zero, terms.maxPause)
        entry.due = min(now + max(pause(after: entry, upTo: terms.maxPause), wished), end)
        return entry
    }

    /// Half of the doubling pause, and a share of the other half that the entry and the number of its tries decide:
    /// what failed together is not tried again together.
    static func pause(after entry: OutboxEntry, upTo maxPause: Duration) -> Duration {
        let doublings = min(max(0, entry.tries - 1), doublingsMax)
        let full = min(maxPause, firstPause * (1 << doublings))
        let half = full.wholeMilliseconds / 2
        return .milliseconds(half + Int64(mixed(entry) % UInt64(max(1, half + 1))))
    }

    /// A number that looks like chance and is always the same (SplitMix64).
    private static func mixed(_ entry: OutboxEntry) -> UInt64 {
        var value = UInt64(bitPattern: entry.requestID.value) &* 0x9E37_79B9_7F4A_7C15
        value ^= UInt64(truncatingIfNeeded: entry.number) << 32 | UInt64(truncatingIfNeeded: entry.tries)
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// What came of one try.
package struct DeliveryOutcome: Hashable, Sendable {
    /// HTTP status; nil where no answer came, and for a listener inside the server.
    package let status: Int?
    /// Safe to show; nil = delivered.
    package let failure: String?
    /// Wish of the receiver.
    package let retryAfter: Duration?

    private init(status: Int?, failure: String?, retryAfter: Duration?) {
        self.status = status
        self.failure = failure
        self.retryAfter = retryAfter
    }

    package static func delivered(status: Int? = nil) -> DeliveryOutcome {
        DeliveryOutcome(status: status, failure: nil, retryAfter: nil)
    }

    package static func failed(
        _ text: String,
        status: Int? = nil,
        retryAfter: Duration? = nil
    ) -> DeliveryOutcome {
        DeliveryOutcome(status: status, failure: text, retryAfter: retryAfter)
    }

    package var isDelivered: Bool { failure == nil }
}
