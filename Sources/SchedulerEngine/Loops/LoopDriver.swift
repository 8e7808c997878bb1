package import Logging
package import SchedulerCore

/// Runs a loop until it is cancelled: pass, pause, pass. A failing pass is logged and tried again after a pause
/// that doubles.
package struct LoopDriver: Sendable {
    /// First pause after a failed pass.
    package static let firstFailurePause: Duration = .milliseconds(100)

    private let time: any TimeSource
    private let logger: Logger

    package init(time: any TimeSource, logger: Logger) {
        self.time = time
        self.logger = logger
    }

    package func run(_ loop: some EngineLoop) async {
        var pause = Self.firstFailurePause
        while !Task.isCancelled {
            do {
                let next = try await loop.runOnce()
                pause = Self.firstFailurePause
                if case .after(let delay) = next { await loop.wake.wait(timeout: delay, time: time) }
            } catch {
                // Only the loop's own cancellation ends it, whatever a pass throws.
                if Task.isCancelled { return }
                logger.error(
                    "Loop pass failed",
                    metadata: ["loop": "\(loop.name)", "error": "\(error)", "pause": "\(pause)"]
                )
                await loop.wake.wait(timeout: pause, time: time)
                pause = min(pause * 2, loop.longestFailurePause)
            }
        }
    }
}
