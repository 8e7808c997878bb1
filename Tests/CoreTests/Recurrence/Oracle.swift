import Foundation

/// python-dateutil, asked through `oracle.py` beside this file.
enum Oracle {
    struct Case: Sendable {
        let rule: String
        let zone: String
        /// All in seconds since 1970-01-01T00:00:00Z.
        let anchor: Int64
        let end: Int64
        let instants: [Int64]
        /// The window has more instants than these.
        let hasMore: Bool

        init?(line: Substring) {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
            guard fields.count == 6, let anchor = Int64(fields[2]), let end = Int64(fields[3]) else { return nil }
            rule = String(fields[0])
            zone = String(fields[1])
            self.anchor = anchor
            self.end = end
            hasMore = fields[4] == "1"
            instants = fields[5].split(separator: " ").compactMap { Int64($0) }
        }
    }

    /// Whether python3 with dateutil and the zones of the system is there.
    static let isAvailable: Bool = {
        let check = "import dateutil.rrule, zoneinfo; zoneinfo.ZoneInfo('Australia/Lord_Howe')"
        return (try? run(["-c", check]))?.status == 0
    }()

    static func cases(seed: Int, count: Int) throws -> [Case] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "oracle.py").path
        let (status, output) = try run([script, String(seed), String(count)])
        guard status == 0 else { return [] }
        return output.split(separator: "\n").compactMap(Case.init)
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        // The system's own, for which packages are installed, before whatever a user has in his path.
        let system = "/usr/bin/python3"
        let hasSystem = FileManager.default.isExecutableFile(atPath: system)
        process.executableURL = URL(filePath: hasSystem ? system : "/usr/bin/env")
        process.arguments = (hasSystem ? [] : ["python3"]) + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let written = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: written, as: UTF8.self))
    }
}
