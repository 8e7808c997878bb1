@preconcurrency import Glibc

/// Time of the kernel's monotonic clock, in nanoseconds: deadlines of the threads that sleep in the kernel.
enum MonotonicClock {
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static func deadline(after duration: Duration) -> UInt64 { now() &+ nanoseconds(duration) }

    /// Nanoseconds of a duration; negative ones are none, endless ones far longer than any server lives.
    static func nanoseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow, product < .max / 2 else { return seconds < 0 ? 0 : UInt64(Int64.max / 2) }
        return UInt64(max(0, product + attoseconds / 1_000_000_000))
    }
}
