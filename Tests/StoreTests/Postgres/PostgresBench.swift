import Foundation
import PostgresClient
import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreSupport
import StoreTesting
import Testing

/// How fast the store is, by hand: `ESCAPEMENT_STORE_BENCH=1`, built for release where the figures shall count.
@Suite(
    "PostgreSQL bench",
    .enabled(if: ProcessInfo.processInfo.environment["ESCAPEMENT_STORE_BENCH"] != nil),
    .timeLimit(.minutes(10))
)
struct PostgresBench {
    private static let callers = 64
    private static let requests = 20_000
    private static let batch = 100

    @Test("submits by many callers, then claims and ends in batches")
    func throughput() async throws {
        let schema = try PrivatePostgres.shared().schema()
        let admin = try schema.connectHere()
        try await Stores.withPostgres(in: schema) { store in
            try await measure("submit, \(Self.callers) callers", store, admin) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<Self.callers {
                        group.addTask {
                            for _ in 0..<(Self.requests / Self.callers) {
                                _ = try await store.submit(StoreSamples.submission(), audit: nil)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            try await store.enter()
            let claim = Claim(node: StoreSamples.node, processor: "node", limit: Self.batch, readyLimit: 0)
            try await measure("claim and end, batches of \(Self.batch)", store, admin) {
                while true {
                    let started = try await store.claim(claim).started.map(\.request)
                    guard !started.isEmpty else { break }
                    _ = try await store.perform(
                        started.map { RequestCommand($0.id, .executableEnded(.success), epoch: $0.epoch) }
                    )
                }
            }
            try await measure("requests by number, \(Self.callers) callers", store, admin) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for caller in 0..<Self.callers {
                        group.addTask {
                            for number in 1...(Self.requests / Self.callers) {
                                let id = RequestID(Int64(caller * 100 + number))
                                _ = try await store.request(id)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    private func measure(
        _ name: String,
        _ store: PostgresStore,
        _ admin: PostgresConnection,
        _ body: () async throws -> Void
    ) async throws {
        let before = try counters(admin)
        let commits = store.statistics.commits
        let begun = ContinuousClock.now
        try await body()
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        let after = try counters(admin)
        let count = Double(Self.requests)
        print(
            """
            \(name): \(Int(count / seconds))/s, \
            \(Double(store.statistics.commits - commits) / count) commits, \
            \(Double(after.syncs - before.syncs) / count) fsyncs, \
            \(Double(after.bytes - before.bytes) / count) WAL bytes each
            """
        )
    }

    private func counters(_ admin: PostgresConnection) throws -> (syncs: Int64, bytes: Int64) {
        // Sessions report what they did with a delay.
        try admin.execute("SELECT pg_stat_force_next_flush()")
        let row = try admin.query(.once("SELECT wal_sync::bigint, wal_bytes::bigint FROM pg_stat_wal")).firstRow {
            ($0.integer(), $0.integer())
        }
        return row ?? (0, 0)
    }
}
