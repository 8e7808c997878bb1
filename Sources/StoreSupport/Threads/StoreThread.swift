import Foundation

/// A thread that lends itself to a connection for as long as the store is open.
package enum StoreThread {
    /// Starts a thread.
    ///
    /// - Parameters:
    ///   - name: shown by debuggers.
    ///   - open: what the thread does first.
    ///   - body: what it does then until it ends; gets what `open` returned.
    /// - Returns: the end of the thread, once `open` has succeeded.
    /// - Throws: what `open` threw; the thread has ended then.
    package static func start<Opened>(
        _ name: String,
        open: @escaping @Sendable () throws -> Opened,
        body: @escaping @Sendable (Opened) -> Void
    ) async throws -> OneTimeEvent {
        let end = OneTimeEvent()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread {
                defer { end.happen() }
                let opened: Opened
                do { opened = try open() } catch { return continuation.resume(throwing: error) }
                continuation.resume()
                body(opened)
            }
            thread.name = name
            thread.start()
        }
        return end
    }

    /// Starts a thread for one piece of work.
    package static func start(_ name: String, body: @escaping @Sendable () -> Void) {
        let thread = Thread { body() }
        thread.name = name
        thread.start()
    }
}
