/// When a failed request is tried again (runtime §4).
package enum RetryPolicy {
    /// Only SYSTEM errors are retried, at most `SYS_retries` times.
    package static func allowsRetry(_ request: JobRequest) -> Bool {
        request.retriedCount < request.policy.retries
    }

    /// min(maxDelay, delay × factor^(n−1)) × (1 + jitter × u) before retry n; a longer `retryAfter` wins.
    ///
    /// u lies in [0, 1) and follows from id and attempt, so that a repeated decision gives the same instant.
    package static func delay(_ request: JobRequest, retryAfter: Duration?) -> Duration {
        let policy = request.policy
        let base = Double(policy.retryDelay.wholeMilliseconds)
        let ceiling = Double(policy.retryMaxDelay.wholeMilliseconds)
        // The power may be infinite: no delay stays none, every other one meets the ceiling.
        let grown = base == 0 ? 0 : base * power(policy.retryFactor, request.retriedCount)
        let bounded = min(ceiling, grown)
        let jittered = bounded * (1 + policy.retryJitter * fraction(request.id, attempt: request.attempt))
        let delay = Duration.milliseconds(Int64(min(max(jittered, 0), 1e15)))
        return max(delay, retryAfter ?? .zero)
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        var factor = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return result
    }

    /// SplitMix64 of id and attempt, scaled to [0, 1).
    private static func fraction(_ id: RequestID, attempt: Int) -> Double {
        var mixed = UInt64(bitPattern: id.value) &+ UInt64(attempt) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Double(mixed >> 11) / Double(1 << 53)
    }
}
