package import SchedulerCore
import Synchronization

/// Claims due requests for the free threads of the node and hands them to the launcher (runtime §7.3).
package final class DispatchLoop: EngineLoop {
    /// Due requests that become READY in one pass when no thread is free.
    package static let readyLimit = 200
    /// Most requests claimed in one pass.
    package static let claimLimit = 256
    /// Shortest pause while something is overdue that the pass could not take.
    package static let overduePause: Duration = .milliseconds(10)

    package let name = "dispatch"
    package let wake: WakeSignal

    private let store: any RequestStore
    private let gateway: CommandGateway
    private let launcher: any AttemptLauncher
    private let node: NodeRecord
    private let threads: @Sendable () -> Int
    private let longestPause: Duration
    private let isStopped = Mutex(false)
    /// A claim whose answer was lost may have started requests that nobody runs.
    private let isUncertain = Mutex(false)

    package init(
        store: any RequestStore,
        gateway: CommandGateway,
        launcher: any AttemptLauncher,
        node: NodeRecord,
        threads: @escaping @Sendable () -> Int,
        longestPause: Duration,
        wake: WakeSignal
    ) {
        self.store = store
        self.gateway = gateway
        self.launcher = launcher
        self.node = node
        self.threads = threads
        self.longestPause = longestPause
        self.wake = wake
    }

    /// No request is claimed from now on.
    package func stop() { isStopped.withLock { $0 = true } }

    package func runOnce() async throws -> NextPass {
        guard !isStopped.withLock({ $0 }) else { return .after(longestPause) }
        try await reconcile()
        let free = min(max(0, threads() - launcher.runningCount), Self.claimLimit)
        let result = try await claim(limit: free)
        for claimed in result.started { launcher.launch(claimed) }
        if free > 0, result.started.count == free { return .now }
        if result.becameReady == Self.readyLimit { return .now }
        return try await pause()
    }

    private func claim(limit: Int) async throws -> ClaimResult {
        do {
            return try await gateway.claim(
                Claim(node: node.id, processor: node.name, limit: limit, readyLimit: Self.readyLimit)
            )
        } catch {
            isUncertain.withLock { $0 = true }
            throw error
        }
    }

    /// Takes up what a lost answer had claimed: nothing of it has run.
    private func reconcile() async throws {
        guard isUncertain.withLock({ $0 }) else { return }
        var last: RequestID?
        while true {
            let owned = try await store.attempts(.node(node.id), after: last, limit: StoreLimits.commandsPerCall)
            let orphans = owned.filter { $0.epoch.map { !launcher.isRunning($0) } ?? false }
            for orphan in orphans { try await takeUp(orphan) }
            guard owned.count == StoreLimits.commandsPerCall else { break }
            last = owned.last?.id
        }
        isUncertain.withLock { $0 = false }
    }

    /// An attempt that stands before its start is started; one that a cancel has overtaken is over.
    private func takeUp(_ orphan: JobRequest) async throws {
        if orphan.state == .running, orphan.phase == .executeInitiate, orphan.process == nil {
            guard let detail = try await store.request(orphan.id) else { return }
            launcher.launch(ClaimedRequest(request: orphan, parameters: detail.parameters))
        } else {
            _ = try await gateway.perform(RequestCommand(orphan.id, .nodeLost(reason: .forced), epoch: orphan.epoch))
        }
    }

    private func pause() async throws -> NextPass {
        guard let next = try await store.nextInstants().due else { return .after(longestPause) }
        let delay = next - (try await store.now())
        return .after(delay > .zero ? min(delay, longestPause) : Self.overduePause)
    }
}
