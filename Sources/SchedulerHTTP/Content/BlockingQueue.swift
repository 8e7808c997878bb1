import Dispatch
import Synchronization

/// A few threads for calls that wait for the disk: neither event loops nor the pool that serves calls may.
final class BlockingQueue: Sendable {
    private let queues: [DispatchQueue]
    private let next = Mutex(0)

    init(label: String, width: Int = 4) {
        queues = (0..<max(1, width)).map { DispatchQueue(label: "\(label)-\($0)") }
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let queue = next.withLock { next in
            next = (next + 1) % queues.count
            return queues[next]
        }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
