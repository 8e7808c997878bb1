import SchedulerCore

/// Token buckets of users and addresses (administration §5.8): a call takes a token, tokens come at a steady rate, and
/// as many as a burst may lie ready.
struct CallLimiter: Sendable {
    struct Key: Hashable, Sendable {
        let user: String
        let address: String
    }

    private struct Bucket {
        var tokens: Double
        var filled: Duration
    }

    private let rate: CallRate
    private var buckets: [Key: Bucket] = [:]

    init(_ rate: CallRate) { self.rate = rate }

    /// Takes a token.
    ///
    /// - Parameters:
    ///   - key: who calls from where.
    ///   - now: monotonic time.
    /// - Returns: nil, or how long until there is one where there is none.
    mutating func take(_ key: Key, now: Duration) -> Duration? {
        if buckets[key] == nil { makeRoom(now: now) }
        let bucket = buckets[key] ?? Bucket(tokens: Double(rate.burst), filled: now)
        let tokens = tokens(of: bucket, now: now)
        let isLeft = tokens >= 1
        buckets[key] = Bucket(tokens: isLeft ? tokens - 1 : tokens, filled: now)
        return isLeft ? nil : .seconds((1 - tokens) / Double(rate.callsPerSecond))
    }

    private func tokens(of bucket: Bucket, now: Duration) -> Double {
        let added = (now - bucket.filled) / .seconds(1) * Double(rate.callsPerSecond)
        return min(Double(rate.burst), bucket.tokens + max(0, added))
    }

    /// A full bucket says nothing; of the others the one that was used least recently goes.
    private mutating func makeRoom(now: Duration) {
        guard buckets.count >= HTTPLimits.limitedCallersMax else { return }
        buckets = buckets.filter { tokens(of: $0.value, now: now) < Double(rate.burst) }
        guard buckets.count >= HTTPLimits.limitedCallersMax,
            let oldest = buckets.min(by: { $0.value.filled < $1.value.filled })
        else { return }
        buckets[oldest.key] = nil
    }
}
