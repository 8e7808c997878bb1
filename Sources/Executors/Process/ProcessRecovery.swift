import CProcess
@preconcurrency import Glibc
package import SchedulerCore

/// Ends what a dead server's jobs left running (runtime §8). The caller makes sure that the server itself is gone.
///
/// A process is killed only if it is proven to belong to a remnant: it is the leader by number, start time and boot;
/// it is in the session or group of that living leader; it carries the leader's `DescentTag` or the attempt's mark in
/// its environment; or it descends from such a process. A leader's number alone proves nothing.
package enum ProcessRecovery {
    /// What is known of an attempt's process.
    package struct Remnant: Hashable, Sendable {
        package let identity: ProcessIdentity
        /// Value of the variable that marked the attempt (`ProcessSpecification.markVariable`), if it is known.
        package let mark: String?

        package init(identity: ProcessIdentity, mark: String? = nil) {
            self.identity = identity
            self.mark = mark
        }
    }

    package enum Finding: Hashable, Sendable {
        /// Started before the machine's last boot: nothing can be left.
        case otherBoot
        /// Nothing of it was running.
        case gone
        /// This many processes were killed, and all are gone, those too that ended by themselves meanwhile.
        case killed(processes: Int, leaderWasAlive: Bool)
        /// These could not be ended in time (waiting in the kernel, or signals to them are not permitted).
        case survives([Int32])
    }

    /// Whether a process of this machine, started since its last boot, has ended; false of any other.
    package static func isGone(_ process: ProcessIdentity) -> Bool {
        guard ProcessFiles.bootID() == process.bootID else { return false }
        guard let stat = ProcessFiles.stat(of: process.pid) else { return true }
        return stat.isDead || stat.startTicks != process.startTicks
    }

    /// Looks for all remnants at once, on a thread of its own.
    ///
    /// - Parameters:
    ///   - remnants: what the store knows of processes without a living server.
    ///   - patience: for killed processes to vanish.
    /// - Returns: a finding for each remnant.
    /// - Throws: `ProcessSystemError` if nothing could be looked for.
    package static func recover(_ remnants: [Remnant], patience: Duration) async throws -> [Remnant: Finding] {
        guard let bootID = ProcessFiles.bootID() else { throw ProcessSystemError("reading the boot id") }
        return try await ProcessThread.run {
            var hunt = ProcessHunt(remnants: remnants, bootID: bootID)
            return hunt.run(until: MonotonicClock.deadline(after: patience))
        }
    }
}
