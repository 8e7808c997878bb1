import FoundationEssentials
import Glibc
import Logging
import SchedulerCore
import SchedulerEngine

/// Writes log lines to standard error: JSON objects or plain text (administration §10).
struct ServerLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let label: String
    private let isJSON: Bool
    private let node: String

    init(label: String, level: Logger.Level, isJSON: Bool, node: String) {
        self.label = label
        logLevel = level
        self.isJSON = isJSON
        self.node = node
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let time = SystemTimeSource().now().description
        var line = isJSON ? "{" : ""
        if isJSON {
            line += "\"time\":\"\(time)\",\"level\":\"\(event.level.rawValue)\",\"logger\":\(Self.quoted(label))"
            line += ",\"message\":\(Self.quoted(event.message.description)),\"node\":\(Self.quoted(node))"
            for (key, value) in all.sorted(by: { $0.key < $1.key }) {
                line += ",\(Self.quoted(key)):\(Self.quoted(value.description))"
            }
            line += "}\n"
        } else {
            line += "\(time) \(event.level.rawValue) \(label): \(Self.plain(event.message.description))"
            for (key, value) in all.sorted(by: { $0.key < $1.key }) {
                line += " \(key)=\(Self.plain(value.description))"
            }
            line += "\n"
        }
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { return }
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// No control characters reach a terminal.
    private static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
