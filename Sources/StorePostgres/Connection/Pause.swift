@preconcurrency import Glibc
import SchedulerCore

/// What threads that wait for the server to come back wait on: time, or the end.
final class Pause: Sendable {
    /// Nothing is ever written; its other end is closed at the end, which wakes everybody.
    private let reading: Int32
    private let writing: Int32

    init() throws(StoreFault) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw StoreFault("no descriptors are left", kind: .unavailable) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit { close(reading) }

    /// Returns after `duration`, or at the end.
    func wait(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        var descriptor = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }

    /// May be called once.
    func end() { close(writing) }
}
