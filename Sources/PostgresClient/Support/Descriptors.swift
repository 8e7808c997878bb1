@preconcurrency internal import Glibc

/// Waiting on file descriptors by poll(2).
enum Descriptors {
    enum Event: Hashable {
        case ready
        case woken
        case timedOut
    }

    /// Whether a read would not block; also true at the end of the stream.
    static func isReadable(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }

    /// Waits until a descriptor is ready, the waker wakes, or the time is up.
    ///
    /// - Parameters:
    ///   - descriptor: nil to wait for the waker alone.
    ///   - isForWriting: whether it shall be ready to be written rather than read.
    ///   - waker: wins over the descriptor.
    ///   - timeout: nil is forever.
    /// - Returns: what came first; a signal can bring `timedOut` too early, so look at the clock.
    static func wait(
        for descriptor: Int32?,
        isForWriting: Bool = false,
        or waker: Waker,
        timeout: Duration?
    ) -> Event {
        // A negative descriptor is passed over.
        var entries = [
            pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor ?? -1, events: Int16(isForWriting ? POLLOUT : POLLIN), revents: 0),
        ]
        _ = poll(&entries, nfds_t(entries.count), timeout.map(milliseconds) ?? -1)
        if entries[0].revents != 0 { return .woken }
        return entries[1].revents != 0 ? .ready : .timedOut
    }

    /// Rounded up, so that nobody wakes just before the time and turns in circles.
    private static func milliseconds(_ duration: Duration) -> Int32 {
        guard duration > .zero else { return 0 }
        let (seconds, attoseconds) = duration.components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
