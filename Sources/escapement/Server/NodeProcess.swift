import Executors
import FoundationEssentials
import Glibc
import SchedulerCore

/// The server's own process as a node of the cluster.
enum NodeProcess {
    /// A fresh identity for this start: random, never a host name.
    ///
    /// - Parameter name: `node.name`; nil = the host name.
    /// - Returns: this process as a node.
    /// - Throws: `ServerFailure` where `/proc` cannot be read.
    static func record(name: String?) throws -> NodeRecord {
        NodeRecord(
            id: NodeID(randomID()),
            name: name ?? hostName,
            process: try identity(),
            version: VersionCommand.current
        )
    }

    /// 128 random bits in hexadecimal digits.
    static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    static var hostName: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func identity() throws -> ProcessIdentity {
        guard let bytes = FileManager.default.contents(atPath: "/proc/self/stat"),
            let stat = ProcessStat(parsing: Array(bytes)),
            let boot = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id")
        else { throw ServerFailure("/proc cannot be read; the server needs it") }
        let bootID = String(decoding: boot, as: UTF8.self).filter { !$0.isWhitespace }
        return ProcessIdentity(pid: getpid(), startTicks: stat.startTicks, bootID: bootID)
    }
}
