import Foundation

/// On what it was measured: figures mean nothing without it.
struct Machine: Codable {
    let processor: String
    let cores: Int
    let kernel: String
    let store: String
    /// Load average before the first run: whatever else ran took its share.
    let loadBefore: Double

    /// - Parameter store: what is measured instead of SQLite.
    init(store: String?) {
        let cpu = Self.read("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
        processor = cpu?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
        cores = ProcessInfo.processInfo.activeProcessorCount
        kernel = Self.read("/proc/sys/kernel/osrelease").trimmingCharacters(in: .whitespacesAndNewlines)
        self.store = store ?? "SQLite \(Database.version), journal_mode=WAL, synchronous=FULL"
        loadBefore = Double(Self.read("/proc/loadavg").prefix { $0 != " " }) ?? 0
    }

    var text: String {
        "\(processor), \(cores) cores, Linux \(kernel), \(store), load before \(loadBefore)"
    }

    private static func read(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
