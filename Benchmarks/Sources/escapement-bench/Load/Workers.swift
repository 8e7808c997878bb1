import Foundation
import Synchronization

/// Threads that do one thing and end.
enum Workers {
    /// Enough for what callers do; there are hundreds.
    static let stackBytes = 512 * 1024

    /// Runs `body` on so many threads at once, gives it the number of its thread from 0, waits for all, and throws the
    /// first error.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
        let group = DispatchGroup()
        let outcome = Outcome()
        for number in 0..<count {
            group.enter()
            let thread = Thread {
                do { try body(number) } catch { outcome.note(error) }
                group.leave()
            }
            thread.stackSize = stackBytes
            thread.start()
        }
        group.wait()
        if let error = outcome.error { throw error }
    }

    private final class Outcome: Sendable {
        private let first = Mutex<(any Error)?>(nil)

        var error: (any Error)? { first.withLock { $0 } }

        func note(_ error: any Error) { first.withLock { $0 = $0 ?? error } }
    }
}
