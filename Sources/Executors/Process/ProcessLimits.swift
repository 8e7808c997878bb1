/// Resource limits of a job: the names of `process.limits` and `SYS_EXT_limits` (administration §5.7, §9).
///
/// nil is no limit. Core files are always off and not among them.
package struct ProcessLimits: Hashable, Sendable {
    /// CPU seconds of each process (RLIMIT_CPU).
    package var cpu: UInt64?
    /// Bytes of address space of each process (RLIMIT_AS).
    package var memory: UInt64?
    /// Processes and threads of the job's user (RLIMIT_NPROC).
    package var processes: UInt64?
    /// Bytes of any file written (RLIMIT_FSIZE).
    package var fileSize: UInt64?
    /// Open files of each process (RLIMIT_NOFILE).
    package var files: UInt64?

    package init(
        cpu: UInt64? = nil,
        memory: UInt64? = nil,
        processes: UInt64? = nil,
        fileSize: UInt64? = nil,
        files: UInt64? = nil
    ) {
        self.cpu = cpu
        self.memory = memory
        self.processes = processes
        self.fileSize = fileSize
        self.files = files
    }

    /// - Parameter text: `name=value,…`; cpu in seconds, sizes as `512MiB` or bytes; 0 is no limit. Of two values for
    ///   one name the later counts.
    /// - Throws: naming the first item that is none.
    package init(parsing text: String) throws(ProcessSettingError) {
        self.init()
        for item in text.split(separator: ",", omittingEmptySubsequences: true) {
            let trimmed = item.trimmingBlanks()
            guard let equals = trimmed.firstIndex(of: "=") else {
                throw ProcessSettingError("limit “\(trimmed)” is not name=value")
            }
            let name = String(trimmed[..<equals].trimmingBlanks())
            let value = trimmed[trimmed.index(after: equals)...].trimmingBlanks()
            guard let member = Self.members[name] else {
                throw ProcessSettingError("unknown limit “\(name)”: known are \(Self.names.joined(separator: ", "))")
            }
            guard let number = member.isSize ? Self.bytes(value) : UInt64(value) else {
                throw ProcessSettingError("limit “\(name)” has the unusable value “\(value)”")
            }
            self[keyPath: member.path] = number == 0 || number > Self.largest ? nil : number
        }
    }

    /// The stricter of both, limit by limit.
    package func lower(of other: ProcessLimits) -> ProcessLimits {
        var result = self
        for member in Self.members.values {
            let limits = [self[keyPath: member.path], other[keyPath: member.path]]
            result[keyPath: member.path] = limits.compactMap { $0 }.min()
        }
        return result
    }

    /// Larger numbers are no limits, and would meet those of the kernel that mean none.
    private static let largest: UInt64 = 1 << 62

    private struct Member: Sendable {
        let path: any WritableKeyPath<ProcessLimits, UInt64?> & Sendable
        let isSize: Bool
    }

    private static let members: [String: Member] = [
        "cpu": Member(path: \.cpu, isSize: false),
        "memory": Member(path: \.memory, isSize: true),
        "processes": Member(path: \.processes, isSize: false),
        "fileSize": Member(path: \.fileSize, isSize: true),
        "files": Member(path: \.files, isSize: false),
    ]
    private static let names = ["cpu", "memory", "processes", "fileSize", "files"]

    private static let units: [Substring: UInt64] = [
        "": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
    ]

    private static func bytes(_ text: Substring) -> UInt64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = UInt64(digits), let unit = units[text[digits.endIndex...].trimmingBlanks()] else {
            return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow ? .max : product
    }
}
