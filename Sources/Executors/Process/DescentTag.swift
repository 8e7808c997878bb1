package import SchedulerCore

/// A mark that every descendant of a job carries, wherever it went: the limit of real-time CPU time, set to a number
/// that names the leader.
///
/// Limits are inherited over fork and exec, a process without privilege cannot raise them, and `/proc/<pid>/limits`
/// shows them to everybody, of zombies too; sessions, environment, parents and descriptors can all be left behind.
/// The number is so large (146,000 years) that as a limit it means nothing.
package struct DescentTag: Hashable, Sendable {
    /// Microseconds, the unit of `RLIMIT_RTTIME`.
    package let value: UInt64

    /// Set in every tag and in no limit that anybody would choose.
    private static let base: UInt64 = 1 << 62
    /// `pid_max` is at most 2^22 (proc(5)).
    private static let pidBits: UInt64 = 22

    /// The boot id is not part of it: no process survives a boot.
    package init(_ leader: ProcessIdentity) {
        let pidMask = (1 << Self.pidBits) - 1
        let pid = UInt64(UInt32(bitPattern: leader.pid)) & UInt64(pidMask)
        value = Self.base | ((leader.startTicks << Self.pidBits) & (Self.base - 1)) | pid
    }

    /// - Parameter limits: content of `/proc/<pid>/limits`.
    package init?(parsingLimits limits: some Collection<UInt8>) {
        let title = Array("Max realtime timeout".utf8)
        for line in limits.split(separator: UInt8(ascii: "\n")) where line.starts(with: title) {
            // Title, soft limit, hard limit, unit.
            let fields = line.dropFirst(title.count).split(separator: UInt8(ascii: " "))
            guard fields.count >= 2, let value = UInt64(String(decoding: fields[1], as: UTF8.self)),
                value & Self.base != 0, value < Self.base << 1
            else { return nil }
            self.value = value
            return
        }
        return nil
    }
}
