import SchedulerCore

/// Counts failed sign-ins of a user from an address: five a minute, then a pause that doubles up to 15 minutes
/// (administration §5.8). No account is ever locked: another address may go on.
struct SignInLimiter: Sendable {
    struct Key: Hashable, Sendable {
        let user: String
        let address: String
    }

    private struct Record {
        var failures = 0
        /// Passwords that are being proven: they count as failures until they are not.
        var pending = 0
        var windowStart: Duration
        var pause: Duration = .zero
        var blockedUntil: Duration?
    }

    private var records: [Key: Record] = [:]

    /// How long the pair has to wait; nil if it may try. Instants are monotonic.
    func refusal(_ key: Key, now: Duration) -> Duration? {
        guard !records.isEmpty, let until = records[key]?.blockedUntil, now < until else { return nil }
        return until - now
    }

    /// Takes note of a try; nil if it may go on, else how long to wait.
    mutating func begin(_ key: Key, now: Duration) -> Duration? {
        if let wait = refusal(key, now: now) { return wait }
        makeRoom(now: now)
        var record = records[key] ?? Record(windowStart: now)
        if record.pause == .zero, now - record.windowStart >= HTTPLimits.failureWindow {
            record.failures = 0
            record.windowStart = now
        }
        let allowed = record.pause == .zero ? HTTPLimits.failuresAllowed : 1
        let used = record.pause == .zero ? record.failures + record.pending : record.pending
        guard used < allowed else { return .seconds(1) }
        record.pending += 1
        records[key] = record
        return nil
    }

    /// Ends a try that `begin` let through.
    mutating func end(_ key: Key, succeeded: Bool, now: Duration) {
        guard var record = records[key] else { return }
        guard !succeeded else {
            records[key] = nil
            return
        }
        record.pending = max(0, record.pending - 1)
        record.failures += 1
        if record.pause > .zero || record.failures >= HTTPLimits.failuresAllowed {
            record.pause = min(max(record.pause * 2, HTTPLimits.failureWindow), HTTPLimits.failurePauseMax)
            record.blockedUntil = now + record.pause
        }
        records[key] = record
    }

    /// Forgets what no longer counts once the table is full; then the oldest.
    private mutating func makeRoom(now: Duration) {
        guard records.count >= HTTPLimits.failuresRememberedMax else { return }
        records = records.filter { _, record in
            record.pending > 0 || now < (record.blockedUntil ?? record.windowStart) + HTTPLimits.failurePauseMax
        }
        guard records.count >= HTTPLimits.failuresRememberedMax,
            let oldest = records.filter({ $0.value.pending == 0 }).min(by: {
                $0.value.windowStart < $1.value.windowStart
            })
        else { return }
        records[oldest.key] = nil
    }
}
