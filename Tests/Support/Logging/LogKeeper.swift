package import Logging
import Synchronization

/// Keeps every log line as text.
package final class LogKeeper: Sendable {
    private let kept = Mutex<[String]>([])

    package init() {}

    package var lines: [String] { kept.withLock { $0 } }

    /// Writes here, at every level.
    package var logger: Logger { Logger(label: "test") { [self] _ in KeepingHandler(keeper: self) } }

    fileprivate func keep(_ line: String) { kept.withLock { $0.append(line) } }
}

private struct KeepingHandler: LogHandler {
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
