import Foundation

/// What the kernel counts of a process.
enum ProcessStatistics {
    /// User and system time, of all threads, ended ones too.
    static func cpuSeconds(of pid: Int32) throws -> Double {
        let text = try read("/proc/\(pid)/stat")
        // The name in parentheses may hold blanks; utime and stime are the 12th and 13th field behind it.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            throw BenchmarkError("/proc/\(pid)/stat is not understood")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The same with its living children and those that have ended.
    static func cpuSecondsWithChildren(of pid: Int32) throws -> Double {
        let children = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
            .filter { statFields(of: $0).map { $0.count > 1 && $0[1] == "\(pid)" } ?? false }
        let own = statFields(of: pid) ?? []
        guard own.count > 15, let user = Double(own[13]), let system = Double(own[14]) else {
            throw BenchmarkError("/proc/\(pid)/stat is not understood")
        }
        let ended = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        // One that ends meanwhile is missed once.
        return children.reduce(try cpuSeconds(of: pid) + ended) { $0 + ((try? cpuSeconds(of: $1)) ?? 0) }
    }

    /// From the state on: behind the name in parentheses, which may hold blanks.
    private static func statFields(of pid: Int32) -> [Substring]? {
        guard let text = try? read("/proc/\(pid)/stat"), let name = text.lastIndex(of: ")") else { return nil }
        return text[text.index(after: name)...].split(separator: " ")
    }

    static func residentMebibytes(of pid: Int32) throws -> Double {
        let fields = try read("/proc/\(pid)/statm").split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else {
            throw BenchmarkError("/proc/\(pid)/statm is not understood")
        }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    }

    /// Bytes that a process caused to be written to the disk so far.
    static func writtenBytes(of pid: Int32) throws -> Double {
        for line in try read("/proc/\(pid)/io").split(separator: "\n") where line.hasPrefix("write_bytes:") {
            return Double(line.dropFirst("write_bytes:".count).drop { $0 == " " }) ?? 0
        }
        return 0
    }

    static func ownCPUSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BenchmarkError("\(path) cannot be read; is the server still there?")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
