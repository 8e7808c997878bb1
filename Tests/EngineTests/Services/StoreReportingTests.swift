import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct StoreReportingTests {
    private let bench: EngineBench
    private let reporting: StoreReporting

    init() throws {
        bench = try EngineBench()
        reporting = StoreReporting(store: bench.store, handles: bench.key.handles)
    }

    private func handle(_ claimed: ClaimedRequest) throws -> String {
        bench.key.handles.handle(of: claimed.request.id, epoch: try #require(claimed.request.epoch))
    }

    @Test("A check-in is noted, and told whether the request is being cancelled")
    func checkIn() async throws {
        let claimed = try await bench.startOne()
        let id = claimed.request.id
        bench.time.advance(by: .seconds(5))
        #expect(try await !reporting.checkIn(id, handle: handle(claimed)))
        #expect(try bench.stored(id).lastCheckIn == bench.time.now())
        try await bench.perform(.cancel, on: id)
        bench.time.advance(by: .seconds(5))
        #expect(try await reporting.checkIn(id, handle: handle(claimed)))
        #expect(try bench.stored(id).cancelUpdateTime == bench.time.now())
    }

    @Test("Code whose invocation is over, or whose handle is another's, is told to end, and nothing is noted")
    func over() async throws {
        let claimed = try await bench.startOne()
        let other = try await bench.startOne()
        let id = claimed.request.id
        #expect(try await reporting.checkIn(id, handle: handle(other)))
        #expect(try await reporting.checkIn(id, handle: ""))
        try await bench.perform(.executableEnded(.success), on: id, epoch: claimed.request.epoch)
        #expect(try await reporting.checkIn(id, handle: handle(claimed)))
        #expect(try bench.stored(id).lastCheckIn == nil)
    }

    @Test("A store that fails is told to the code, which may try again")
    func failingStore() async throws {
        let claimed = try await bench.startOne()
        bench.store.fail(.beforeCommit)
        await #expect(throws: StoreFault.self) {
            _ = try await reporting.checkIn(claimed.request.id, handle: handle(claimed))
        }
        #expect(try await !reporting.checkIn(claimed.request.id, handle: handle(claimed)))
    }
}
