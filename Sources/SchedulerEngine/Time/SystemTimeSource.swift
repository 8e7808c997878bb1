package import SchedulerCore

#if canImport(Glibc)
    import Glibc
#endif

/// The clocks of the machine: the only place where real time enters.
package struct SystemTimeSource: TimeSource {
    package init() {}

    package func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package func monotonicNow() -> Duration {
        var time = timespec()
        // Unlike CLOCK_MONOTONIC it counts the time in which the machine slept: leases do, too.
        clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }

    package func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return }
        try await Task.sleep(for: duration)
    }
}
