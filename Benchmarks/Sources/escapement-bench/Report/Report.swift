import Foundation

/// What is written to the file.
struct Report: Codable {
    let machine: Machine
    let isQuick: Bool
    var sections: [Section] = []

    /// - Returns: the path.
    func write(to path: String?) throws -> String {
        let time = Date().formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        let file = URL(fileURLWithPath: path ?? "bench-results/\(time).json")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: file)
        return file.path
    }
}
