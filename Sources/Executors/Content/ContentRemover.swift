import Dispatch
@preconcurrency import Glibc
package import SchedulerCore

/// Removes logs and outputs on a thread of its own: a purge must not keep those that serve calls.
package final class ContentRemover: ContentPurging {
    private let store: FileContentStore
    private let queue = DispatchQueue(label: "content.removal")

    package init(_ store: FileContentStore) { self.store = store }

    package func remove(_ ids: [RequestID]) async throws {
        let store = store
        try await run { for id in ids { try store.remove(id) } }
    }

    package func contents(after id: RequestID?) async throws -> [StoredContent] {
        let store = store
        return try await run { try store.contents(after: id) }
    }

    private func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
