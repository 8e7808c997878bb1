internal import Foundation

/// A thread of its own for work that blocks, so that it holds up no task.
enum BlockingThread {
    /// - Parameters:
    ///   - name: shown by debuggers.
    ///   - body: the thread ends with it.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.start()
    }
}
