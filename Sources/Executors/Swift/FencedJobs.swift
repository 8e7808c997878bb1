import Synchronization

/// Counts jobs whose requests ended without them: code that still runs although nobody waits for it (runtime §3.1).
package final class FencedJobs: Sendable {
    private struct Counts {
        var running = 0
        var total = 0
    }

    private let counts = Mutex(Counts())

    /// Fenced jobs that still run.
    package var running: Int { counts.withLock { $0.running } }
    /// Jobs fenced since the start.
    package var total: Int { counts.withLock { $0.total } }

    func begin() {
        counts.withLock {
            $0.running += 1
            $0.total += 1
        }
    }

    func end() { counts.withLock { $0.running -= 1 } }
}

/// The end of one run: its own, or the fence, whichever comes first.
final class SwiftJobRun: Sendable {
    private enum State {
        case running
        case ended
        case fenced
    }

    private let state = Mutex(State.running)
    private let fenced: FencedJobs

    init(_ fenced: FencedJobs) { self.fenced = fenced }

    /// The job's code has returned.
    func end() {
        state.withLock { state in
            if state == .fenced { fenced.end() }
            state = .ended
        }
    }

    /// Nobody waits for the job any more.
    func fence() {
        state.withLock { state in
            guard state == .running else { return }
            state = .fenced
            fenced.begin()
        }
    }
}
