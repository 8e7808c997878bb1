/// A task that its maker may leave behind.
///
/// Everything else in the server waits for what it begins. The code of a job is not the server's: it may never return,
/// and a task group would then wait for it for ever, with the request, the shutdown and the thread it holds (runtime
/// §3.1). The body must refer to nothing that waits for it.
struct AbandonableTask {
    private let task: Task<Void, Never>

    init(_ body: @escaping @Sendable () async -> Void) { task = Task { await body() } }

    func cancel() { task.cancel() }
}
