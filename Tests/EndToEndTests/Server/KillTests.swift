import Foundation
import SchedulerAPI
import SchedulerCore
import StoreSQLite
import Synchronization
import Testing

/// The server is killed at random moments under load; what it acknowledged must be there, once.
@Suite(.serialized)
struct KillTests {
    private static let clients = 8
    private static var rounds: Int {
        Int(ProcessInfo.processInfo.environment["ESCAPEMENT_CHAOS_ROUNDS"] ?? "") ?? 20
    }

    @Test("C14, I6: after kill -9 under eight clients nothing is lost, nothing ends twice", .timeLimit(.minutes(60)))
    func killUnderLoad() async throws {
        let folder = try TestFolder()
        let acknowledged = Acknowledged()
        for round in 1...Self.rounds {
            let server = try await ServerProcess.start(folder)
            // Proving a password takes longer than some rounds; from here on the proof is remembered.
            #expect(try await server.call("GET", ServerProcess.requests).status == 200)
            await withTaskGroup(of: Void.self) { group in
                for client in 0..<Self.clients {
                    group.addTask {
                        var count = 0
                        while let id = try? await Self.submit(to: server, folder, process: (client + count) % 4 == 0) {
                            acknowledged.insert(id)
                            count += 1
                        }
                    }
                }
                group.addTask {
                    try? await SystemPause.milliseconds(Int.random(in: 200...1500))
                    await server.kill()
                }
            }
            if round % 10 == 0 {
                print("kill test: round \(round), \(acknowledged.ids.count) acknowledged")
            }
        }
        let ids = acknowledged.ids
        #expect(ids.count > Self.rounds)
        try await expectAllEnded(ids, folder)
        try await expectSoundStore(ids, folder)
        expectNoRepeats(folder)
        #expect(folder.jobProcesses.isEmpty)
    }

    private static func submit(to server: ServerProcess, _ folder: TestFolder, process: Bool) async throws -> Int64 {
        guard process else { return try await server.submit("NoOp") }
        return try await server.submit("Journal", argument: folder.path("journal"))
    }

    private func expectAllEnded(_ ids: [Int64], _ folder: TestFolder) async throws {
        let server = try await ServerProcess.start(folder)
        for id in ids {
            let ended = try? await server.waitFor(id) { $0.state?.isTerminal == true }
            #expect(ended != nil, "request \(id) is lost")
        }
        #expect(await server.stop() == 0)
    }

    private func expectSoundStore(_ ids: [Int64], _ folder: TestFolder) async throws {
        let store = try await SQLiteStore.open(path: folder.path("data/escapement.db"), time: FrozenTime())
        #expect(try await store.integrityProblems().isEmpty)
        for id in ids {
            let ends = try await store.history(of: RequestID(id)).filter(\.to.isTerminal)
            #expect(ends.count == 1, "request \(id) ended \(ends.count) times")
        }
        await store.close()
    }

    /// A process is started at most once an attempt.
    private func expectNoRepeats(_ folder: TestFolder) {
        let runs = folder.text("journal").split(separator: "\n")
        #expect(!runs.isEmpty)
        #expect(Set(runs).count == runs.count)
    }
}

/// What the clients were told: the oracle of the test.
private final class Acknowledged: Sendable {
    private let state = Mutex<Set<Int64>>([])

    var ids: [Int64] { state.withLock { $0.sorted() } }

    func insert(_ id: Int64) { state.withLock { _ = $0.insert(id) } }
}

/// Stands still: nothing in the test depends on store time.
private struct FrozenTime: TimeSource {
    func now() -> Timestamp { Timestamp(milliseconds: 0) }
    func monotonicNow() -> Duration { .zero }
    func sleep(for duration: Duration) async throws {}
}
