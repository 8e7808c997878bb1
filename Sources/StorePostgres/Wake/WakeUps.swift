import SchedulerCore

/// What a change may have for other nodes to do. Nothing depends on it: who is not told finds out at the next poll.
package struct WakeUps: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Something may start, now or earlier than known.
    package static let dispatch = WakeUps(rawValue: 1)
    /// A timer was set.
    package static let timers = WakeUps(rawValue: 2)
    /// Code that runs on some node must end.
    package static let attempts = WakeUps(rawValue: 4)
    /// Metadata has changed.
    package static let metadata = WakeUps(rawValue: 8)
    /// Somebody is to be told of an event.
    package static let outbox = WakeUps(rawValue: 16)

    /// Everything: after a time in which notifications may have been missed.
    package static let all: WakeUps = [.dispatch, .timers, .attempts, .metadata, .outbox]

    /// - Parameters:
    ///   - before: nil for a new request.
    ///   - after: as it is written.
    init(from before: JobRequest?, to after: JobRequest) {
        self = []
        if let due = after.dispatchTime, due != before?.dispatchTime || before?.state == .blocked {
            insert(.dispatch)
        }
        // A node without a free thread has ranked it; while that was under way, idle ones had to pass it over.
        if before?.state == .wait, after.state == .ready { insert(.dispatch) }
        // What a limit of a workshift counted makes room for another.
        if let slot = before?.workSlot, after.workSlot != slot { insert(.dispatch) }
        if let timer = after.nextTimer?.time, timer != before?.nextTimer?.time { insert(.timers) }
        if let reason = after.stopReason, reason != before?.stopReason { insert(.attempts) }
    }
}
