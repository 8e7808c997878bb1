import SchedulerTesting
import Synchronization

/// Clients that submit what excludes itself, has a limit or a share, or is purged, one that asks for purges, and one
/// that answers.
final class CompositionLoad: Sendable {
    /// Of a client between two submissions: what excludes itself must not pile up.
    private static let pauseMilliseconds = 300
    private static let purgePauseMilliseconds = 500
    /// Between two looks at who awaits an answer: about as long each waits.
    private static let answerPauseMilliseconds = 1000
    private static let clients = 3

    private let cluster: ClusterUnderTest
    private let remote: RemoteEnd
    private let told = Mutex<[CompositionKind: [Int64]]>([:])
    private let isStopped = Atomic<Bool>(false)
    private let isAnswered = Atomic<Bool>(false)

    /// - Parameters:
    ///   - cluster: that is called.
    ///   - remote: starts what is to be answered.
    init(_ cluster: ClusterUnderTest, _ remote: RemoteEnd) {
        self.cluster = cluster
        self.remote = remote
    }

    /// What was acknowledged.
    var acknowledged: [CompositionKind: [Int64]] { told.withLock { $0 } }

    private var isOver: Bool { isStopped.load(ordering: .acquiring) || Task.isCancelled }

    /// Submits and purges while `body` runs.
    func during(_ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<Self.clients { group.addTask { try await self.submit(as: client) } }
            group.addTask { try await self.purge() }
            defer { isStopped.store(true, ordering: .releasing) }
            try await body()
        }
    }

    /// Answers for the other side while `body` runs, through one node after the other; again where none took it.
    func answering(_ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.answer() }
            defer { isAnswered.store(true, ordering: .releasing) }
            try await body()
        }
    }

    private func answer() async throws {
        var answered: [Int64: String] = [:]
        var number = 0
        while !isAnswered.load(ordering: .acquiring), !Task.isCancelled {
            // Each has waited since the look before.
            let waiting = remote.handles.filter { answered[$0.key] != $0.value }
            try await SystemPause.milliseconds(Self.answerPauseMilliseconds)
            for (id, handle) in waiting {
                number += 1
                guard let name = cluster.callable(number)?.name else { continue }
                let report = "{\"requestHandle\":\"\(handle)\",\"status\":\"SUCCESS\"}"
                let reply = try? await cluster.call(name, "POST", "/\(id)/executionStatus", report)
                if reply?.status == 200 { answered[id] = handle }
            }
        }
    }

    private func submit(as client: Int) async throws {
        var random = SeededRandom(seed: ChaosSettings.seed &+ UInt64(client))
        while !isOver {
            let kind = random.pick(CompositionKind.mixed) ?? .old
            if let name = cluster.callable(client)?.name,
                let id = try? await cluster.submit(kind.definition, kind.arguments, to: name)
            {
                told.withLock { $0[kind, default: []].append(id) }
            }
            try await SystemPause.milliseconds(Self.pauseMilliseconds)
        }
    }

    /// Asks one node after the other; refused where the run before still goes on.
    private func purge() async throws {
        var number = 0
        while !isOver {
            number += 1
            if let server = cluster.callable(number)?.server {
                _ = try? await server.call("POST", "/api/v1/purge/run", CompositionDocuments.purgeOrder)
            }
            try await SystemPause.milliseconds(Self.purgePauseMilliseconds)
        }
    }
}
