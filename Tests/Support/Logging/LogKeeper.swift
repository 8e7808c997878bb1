import Logging
import Synchronization

/// Keeps every log line as text.
final class LogKeeper: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { [self] _ in KeepingHandler(keeper: self) } }

    func keep(_ line: String) { kept.withLock { $0.append(line) } }
}

/// Writes to a keeper, at every level.
struct KeepingHandler: LogHandler {
    let keeper: LogKeeper
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        keeper.keep("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
}
