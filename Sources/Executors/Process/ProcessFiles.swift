@preconcurrency import Glibc
package import SchedulerCore

/// Readings of `/proc`; a process that is gone, or not ours to see, reads as nil.
package enum ProcessFiles {
    /// Bytes of an environment that are searched for a mark.
    private static let environmentBytes = 1 << 20
    /// Bytes of the other, small files.
    private static let smallFileBytes = 8192

    package static func stat(of pid: Int32) -> ProcessStat? {
        read("/proc/\(pid)/stat", atMost: smallFileBytes).flatMap { ProcessStat(parsing: $0) }
    }

    /// Ancestor that `DescentTag` left in the limits of the process.
    package static func tag(of pid: Int32) -> DescentTag? {
        read("/proc/\(pid)/limits", atMost: smallFileBytes).flatMap { DescentTag(parsingLimits: $0) }
    }

    /// Values of all environment variables as they were when the process was started.
    package static func environmentValues(of pid: Int32) -> Set<String> {
        let entries = (read("/proc/\(pid)/environ", atMost: environmentBytes) ?? []).split(separator: 0)
        return Set(
            entries.compactMap { entry in
                entry.firstIndex(of: UInt8(ascii: "=")).map { String(decoding: entry[($0 + 1)...], as: UTF8.self) }
            }
        )
    }

    /// All processes of the machine, as far as `/proc` shows them.
    package static func all() -> [Int32] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var pids: [Int32] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let pid = Int32(name) { pids.append(pid) }
        }
        return pids
    }

    /// Children of the main thread of this process: orphans are adopted by it.
    ///
    /// Kernels without `CONFIG_PROC_CHILDREN` do not have the file: then all of `/proc` is searched.
    package static func adoptedChildren() -> [Int32] {
        let own = getpid()
        if let list = read("/proc/self/task/\(own)/children", atMost: environmentBytes) {
            return list.split(separator: UInt8(ascii: " ")).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
        }
        return all().filter { stat(of: $0)?.parent == own }
    }

    /// Number that the kernel draws at each boot.
    package static func bootID() -> String? {
        read("/proc/sys/kernel/random/boot_id", atMost: smallFileBytes).map { bytes in
            String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }
    }

    /// What names `pid` beyond doubt, while it exists.
    package static func identity(of pid: Int32, bootID: String) -> ProcessIdentity? {
        stat(of: pid).map { ProcessIdentity(pid: pid, startTicks: $0.startTicks, bootID: bootID) }
    }

    /// Of a file of our own, as far as it is of a sane length.
    static func content(of path: String) -> [UInt8] { read(path, atMost: environmentBytes) ?? [] }

    private static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var failed = false
        while bytes.count < limit {
            let room = min(limit - bytes.count, smallFileBytes)
            let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                let got = Glibc.read(descriptor, buffer.baseAddress, room)
                failed = got < 0
                count = max(0, got)
            }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return failed ? nil : bytes
    }
}
