import CProcess
@preconcurrency import Glibc

/// The descriptors that the supervisor's thread sleeps on.
final class ProcessWatch: Sendable {
    enum Event {
        case command
        /// Some child of this process has ended.
        case childEnded
        case process(ProcessKey, SupervisedProcess.Channel)
    }

    /// Events taken from the kernel at once.
    private static let batch = 256
    private static let channelBits: UInt64 = 2
    /// Keys of processes start at 1.
    private static let commandTag: UInt64 = 0
    private static let childTag: UInt64 = 1

    private let epoll: Int32

    init(mailbox: ProcessMailbox) throws {
        let children = cprocess_child_events()
        guard children >= 0 else { throw ProcessSystemError("watching for ends of children", code: -children) }
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw ProcessSystemError("creating an event queue") }
        guard add(mailbox.wake, EPOLLIN.rawValue, Self.commandTag),
            add(children, EPOLLIN.rawValue | EPOLLET.rawValue, Self.childTag)
        else { throw ProcessSystemError("watching descriptors") }
    }

    deinit { close(epoll) }

    func add(_ process: SupervisedProcess, _ channel: SupervisedProcess.Channel) -> Bool {
        guard let descriptor = process.descriptor(channel) else { return false }
        return add(descriptor, EPOLLIN.rawValue, process.key << Self.channelBits | channel.rawValue)
    }

    /// Before a descriptor is closed: a child that is just being started has copies of all for a moment, and the
    /// kernel would go on telling of the open file behind them.
    func remove(_ descriptor: Int32) { epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil) }

    private func add(_ descriptor: Int32, _ events: UInt32, _ tag: UInt64) -> Bool {
        var event = epoll_event(events: events, data: epoll_data_t(u64: tag))
        return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0
    }

    /// Sleeps until something happens or `nanoseconds` have passed; nil: without limit.
    func wait(atMost nanoseconds: UInt64?) -> [Event] {
        // Rounded up, so that a deadline has passed when the wait is over.
        let milliseconds = nanoseconds.map { Int32(clamping: ($0 + 999_999) / 1_000_000) } ?? -1
        return withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.batch) { events in
            let count = epoll_wait(epoll, events.baseAddress, Int32(Self.batch), milliseconds)
            return events.prefix(max(0, Int(count))).compactMap { Self.event(tag: $0.data.u64) }
        }
    }

    private static func event(tag: UInt64) -> Event? {
        switch tag {
        case commandTag: .command
        case childTag: .childEnded
        default:
            SupervisedProcess.Channel(rawValue: tag & (1 << channelBits - 1)).map { .process(tag >> channelBits, $0) }
        }
    }
}
