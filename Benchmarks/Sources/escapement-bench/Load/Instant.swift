import Foundation

/// Clocks.
enum Instant {
    /// Nanoseconds of a clock that never goes back.
    static func monotonic() -> Int64 { read(CLOCK_MONOTONIC) }

    /// Nanoseconds since 1970 UTC, as the server reads them on the same machine.
    static func wall() -> Int64 { read(CLOCK_REALTIME) }

    static func seconds(since start: Int64) -> Double { Double(monotonic() - start) / 1e9 }

    /// A whole second as the API takes it.
    static func text(second: Int64) -> String { Date(timeIntervalSince1970: Double(second)).formatted(.iso8601) }

    /// Milliseconds since 1970 of an instant as the API gives it.
    static func milliseconds(_ text: String) -> Int64? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return (try? style.parse(text)).map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
