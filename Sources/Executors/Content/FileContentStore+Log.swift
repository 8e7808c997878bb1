@preconcurrency import Glibc
package import SchedulerCore

/// Lines of the server and of jobs inside it.
extension FileContentStore {
    package func appendLog(
        _ line: String,
        of id: RequestID,
        level: JobLogLevel,
        at time: Timestamp
    ) throws {
        let stamp = "\(time) \(level.label) "
        let text = line.split(omittingEmptySubsequences: false) { $0.isNewline }
            .map { stamp + Self.harmless($0) + "\n" }
            .joined()
        try append(Array(text.utf8), toLogOf: id)
    }

    /// Appends bytes to a log up to its cap; what does not fit is dropped behind one marker.
    private func append(_ bytes: [UInt8], toLogOf id: RequestID) throws(ContentError) {
        let path = "\(folder(of: id))/\(id).log"
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK
        var opened = try FileDescriptor.open(path, flags: flags)
        if opened == nil {
            try makeFolders(of: id)
            opened = try FileDescriptor.open(path, flags: flags)
        }
        guard let file = opened else { throw .system(attempt: "opening a log", code: ENOENT) }
        let room = settings.maxLogSize - Int64(try file.status().st_size)
        // Larger than the cap: the marker is there already.
        guard room >= 0 else { return }
        guard Int64(bytes.count) > room else { return try file.write(bytes) }
        let marker = "\n[output cut: the limit of \(settings.maxLogSize) bytes is reached]\n"
        try file.write(bytes.prefix(Int(room)) + Array(marker.utf8))
    }

    /// Without control characters: nothing in a line steers a terminal or pretends to be another line.
    private static func harmless(_ line: Substring) -> String {
        var result = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            if scalar == "\t" {
                result.append(" ")
            } else if scalar.properties.generalCategory != .control {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
