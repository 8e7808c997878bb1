@preconcurrency internal import Glibc

/// Time of the kernel's monotonic clock since the machine started: deadlines of threads that sleep in the kernel.
enum MonotonicClock {
    static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
