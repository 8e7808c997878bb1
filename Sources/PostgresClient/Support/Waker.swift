internal import CLibPQ
@preconcurrency internal import Glibc

/// An event by which any thread wakes one that waits in poll(2).
final class Waker: Sendable {
    /// Readable once woken.
    let descriptor: Int32

    init() throws(PostgresError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw PostgresError(.notConnected, "no event descriptor: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// Wakes the thread that waits, or the next that will.
    func wake() { eventfd_write(descriptor, 1) }

    /// Takes back what was woken so far.
    func clear() {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
    }
}
