import Documents
import Logging
import SchedulerCore
import SchedulerEngine
import Synchronization

/// Keeps the catalogue of a node what the store says, and the store what the directory of the leader says.
///
/// The leader applies its directory when it becomes one and when it is told to read it again; the other nodes compare
/// theirs and warn.
final class MetadataLoop: EngineLoop {
    private struct State {
        var set: DocumentSet?
        var isDirectoryStale = false
        /// Whether the store has taken the set from this node, since it became the leader.
        var isApplied = false
        /// Of the objects in the catalogue.
        var revision: Int64?
        /// Found by the last comparison.
        var drift = MetadataDrift()
        /// What the store's objects were when a comparison was told, or found nothing to tell.
        var settledRevision: Int64?
    }

    let name = "metadata"
    let wake: WakeSignal

    private let loader: MetadataLoader
    private let leads: @Sendable () async throws -> Bool
    private let pause: Duration
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameters:
    ///   - loader: does the work.
    ///   - leads: takes or keeps the lead, and tells whether this node has it.
    ///   - pause: longest between two passes.
    ///   - wake: told when metadata may have changed.
    ///   - logger: of the server.
    init(
        loader: MetadataLoader,
        leads: @escaping @Sendable () async throws -> Bool,
        pause: Duration,
        wake: WakeSignal,
        logger: Logger
    ) {
        self.loader = loader
        self.leads = leads
        self.pause = pause
        self.wake = wake
        self.logger = logger
    }

    /// Reads directory and catalogue before the node joins.
    ///
    /// - Throws: `DocumentErrors` with all problems of all files; `StoreFault`.
    func prepare() async throws {
        let set = try await loader.read()
        state.withLock { $0.set = set }
        try await refresh()
    }

    /// The first pass. Where the store has nothing of the directory yet, as when nodes start together for the first
    /// time, the leader is waited for a little.
    func start(time: any TimeSource) async throws {
        _ = try await runOnce()
        guard loader.configuration.mode != .check else { return }
        for _ in 0..<Self.firstPassesMax {
            let lacksAll = state.withLock { state in
                let count = state.drift.missing.count
                // Nobody can be late already.
                state.drift = MetadataDrift()
                return count > 0 && count == state.set?.objects.count
            }
            guard lacksAll else { return }
            await wake.wait(timeout: Self.firstPause, time: time)
            _ = try await runOnce()
        }
    }

    private static let firstPassesMax = 20
    private static let firstPause: Duration = .milliseconds(250)

    /// The directory is to be read again.
    func reload() {
        state.withLock { $0.isDirectoryStale = true }
        wake.signal()
    }

    func runOnce() async throws -> NextPass {
        try await readStaleDirectory()
        let isLeader = try await leads()
        let set = state.withLock { state in
            state.isApplied = state.isApplied && isLeader
            return state.isApplied || !isLeader ? nil : state.set
        }
        if let set {
            try await loader.apply(set)
            state.withLock { $0.isApplied = true }
        }
        let revision = try await refresh()
        try await compare(at: revision, isLeader: isLeader)
        return .after(pause)
    }

    private func readStaleDirectory() async throws {
        let isStale = state.withLock { state in
            defer { state.isDirectoryStale = false }
            return state.isDirectoryStale
        }
        guard isStale else { return }
        do {
            let set = try await loader.read()
            state.withLock { state in
                state.set = set
                state.isApplied = false
                state.settledRevision = nil
            }
        } catch let error as DocumentErrors {
            logger.error("Metadata not reloaded, the old state stays", metadata: ["error": "\(error)"])
        } catch {
            state.withLock { $0.isDirectoryStale = true }
            throw error
        }
    }

    /// Takes the store's objects if they have changed.
    ///
    /// - Returns: what they are.
    @discardableResult
    private func refresh() async throws -> Int64 {
        // Asked first: what changes meanwhile is found at the next pass.
        let revision = try await loader.store.metadataRevision()
        guard state.withLock({ $0.revision != revision }) else { return revision }
        try await loader.loadCatalogue()
        state.withLock { $0.revision = revision }
        return revision
    }

    /// Warns once of each difference. One that the leader may be about to remove has to last until the next pass.
    private func compare(at revision: Int64, isLeader: Bool) async throws {
        let isChecking = loader.configuration.mode == .check
        let (set, settled) = state.withLock { ($0.set, $0.settledRevision) }
        guard let set, isChecking || !isLeader, settled != revision else { return }
        let drift = try await loader.drift(of: set)
        let isSettled = state.withLock { state in
            defer { state.drift = drift }
            guard drift.isEmpty || isChecking || drift == state.drift else { return false }
            state.settledRevision = revision
            return true
        }
        guard isSettled, !drift.isEmpty else { return }
        logger.warning("The metadata directory and the store differ", metadata: drift.metadata)
    }
}
