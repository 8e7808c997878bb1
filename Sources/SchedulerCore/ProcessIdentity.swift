/// What names one operating-system process beyond doubt, also after a restart of server or machine.
///
/// A pid alone is reused; pid, start time and boot id together are not (runtime §8).
package struct ProcessIdentity: Hashable, Sendable {
    /// Process id, which is also the id of the process group and session the job leads.
    package let pid: Int32
    /// Field 22 of `/proc/<pid>/stat`: clock ticks between boot and the start of the process.
    package let startTicks: UInt64
    /// Content of `/proc/sys/kernel/random/boot_id`, without the line end.
    package let bootID: String

    package init(pid: Int32, startTicks: UInt64, bootID: String) {
        self.pid = pid
        self.startTicks = startTicks
        self.bootID = bootID
    }
}
