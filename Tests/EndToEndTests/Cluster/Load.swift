import Foundation
import PostgresClient
import SchedulerTesting
import Synchronization

/// Clients that submit without a pause, each to a node of its own.
final class Load: Sendable {
    /// Requests that may wait or run before the clients hold their breath.
    static let backlogMax = 300

    private let cluster: ClusterUnderTest
    private let journal: Journal
    private let clients: Int
    private let kinds: [JobKind]
    private let movesOn: Bool
    private let isStopped = Atomic<Bool>(false)
    private let isCongested = Atomic<Bool>(false)

    /// - Parameters:
    ///   - cluster: whose nodes are called.
    ///   - journal: takes what is acknowledged.
    ///   - clients: how many submit at once.
    ///   - kinds: what they submit, as often as it is listed.
    ///   - movesOn: whether clients of a dead node go to a neighbour, else they wait for it.
    init(
        _ cluster: ClusterUnderTest,
        _ journal: Journal,
        clients: Int = 6,
        kinds: [JobKind] = Load.mixed,
        movesOn: Bool = true
    ) {
        self.cluster = cluster
        self.journal = journal
        self.clients = clients
        self.kinds = kinds
        self.movesOn = movesOn
    }

    static let mixed: [JobKind] = Array(repeating: .noOp, count: 30) + [.journal, .journal, .nap, .slow]

    /// Submits while `body` runs.
    func during<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<clients { group.addTask { await self.submit(as: client) } }
            group.addTask { await self.watchBacklog() }
            defer { isStopped.store(true, ordering: .releasing) }
            return try await body()
        }
    }

    private var isOver: Bool { isStopped.load(ordering: .acquiring) || Task.isCancelled }

    private func submit(as client: Int) async {
        var random = SeededRandom(seed: ChaosSettings.seed &+ UInt64(client))
        while !isOver {
            guard !isCongested.load(ordering: .acquiring),
                let (name, server) = cluster.callable(client, orNeighbour: movesOn)
            else {
                try? await SystemPause.milliseconds(20)
                continue
            }
            let kind = random.pick(kinds) ?? .noOp
            let body = ClusterUnderTest.submission(kind.rawValue, kind.arguments(cluster.folder))
            let reply = try? await server.call(
                "POST",
                ServerProcess.requests,
                body,
                client: ChaosSettings.client,
                timeout: ChaosSettings.callTime
            )
            guard let reply else {
                journal.noteUnanswered()
                try? await SystemPause.milliseconds(20)
                continue
            }
            if reply.status == 201, let id = reply.integer("id") {
                journal.acknowledge(id, by: name, kind)
            } else {
                journal.note(reply, from: name)
                try? await SystemPause.milliseconds(50)
            }
        }
    }

    /// Without bounds the tests would wait for the backlog longer than for the faults.
    private func watchBacklog() async {
        var connection: PostgresConnection?
        while !isOver {
            do {
                let used = try connection ?? cluster.connect()
                connection = used
                let count = try used.query(Self.backlog).firstRow { $0.integer() } ?? 0
                isCongested.store(count > Self.backlogMax, ordering: .releasing)
            } catch {
                connection = nil
            }
            try? await SystemPause.milliseconds(100)
        }
    }

    private static let backlog = PostgresStatement(
        "SELECT count(*) FROM request_course WHERE state NOT IN (\(ClusterOracle.terminalCodes))"
    )
}
