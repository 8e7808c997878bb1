import Dispatch
import SchedulerCore
import SchedulerTesting
import StoreSQLite
import StoreTesting
import Synchronization
import Testing

/// What a caller makes up may walk the whole table; it neither goes on for ever nor keeps others from being answered.
@Suite("SQLite reads that take too long", .timeLimit(.minutes(1)))
struct ReadDeadlineTests {
    /// No index serves it, and all requests are looked at for each of its words.
    private static let unindexable = RequestFilter.or(
        (0..<60).map { .comparison(.description, .contains, .text("word \($0)")) }
    )
    private static let rows = 300

    private static func fill(_ store: SQLiteStore) async throws {
        try await withThrowingTaskGroup { group in
            for number in 0..<rows {
                group.addTask {
                    var submission = StoreSamples.submission()
                    submission.facts.description = "no. \(number)"
                    _ = try await store.submit(submission, audit: nil)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("ESS-06003: a read that no index serves is broken off, told as such, and the store goes on")
    func brokenOff() async throws {
        let folder = try TemporaryFolder()
        let time = WatchedTime()
        var options = SQLiteStore.Options()
        options.statementTimeout = .milliseconds(500)
        try await Stores.withStore(in: folder, time: time, options: options) { store in
            try await Self.fill(store)
            let query = RequestQuery(filter: Self.unindexable, limit: 9)
            // It would be answered, given the time.
            #expect(try await store.requests(query).isEmpty)
            #expect(time.looks > 2)
            time.whenLookedAt(.passes)
            for _ in 0...SQLiteLimits.searchers {
                let fault = await #expect(throws: StoreFault.self) { _ = try await store.requests(query) }
                #expect(fault?.kind == .timedOut(after: .milliseconds(500)))
                #expect(fault?.schedulerError.code == 6003)
                #expect(fault?.schedulerError.message == "The query took longer than 500 ms.")
            }
            let window = try ForecastWindow(from: time.now(), to: time.now() + .seconds(1))
            let forecast = ForecastQuery(window: window, filter: Self.unindexable)
            await #expect(throws: StoreFault.self) { _ = try await store.forecastWaiting(forecast, limit: 9) }
            // Each read has the whole time for itself.
            let state = RequestFilter.comparison(.state, .equal, .text("WAIT"))
            #expect(try await store.requests(RequestQuery(filter: state, limit: 9)).count == 9)
            #expect(try await store.submit(StoreSamples.submission(), audit: nil).id == RequestID(301))
            time.whenLookedAt(.tellsTime)
            #expect(try await store.integrityProblems().isEmpty)
        }
    }

    @Test("while all who search are busy, requests are read and loops are answered")
    func others() async throws {
        let folder = try TemporaryFolder()
        let time = WatchedTime()
        try await Stores.withStore(in: folder, time: time) { store in
            try await Self.fill(store)
            time.whenLookedAt(.standsStill)
            try await withThrowingTaskGroup { group in
                for _ in 0...SQLiteLimits.searchers {
                    group.addTask {
                        let query = RequestQuery(filter: Self.unindexable, limit: 9)
                        let found = try await store.requests(query)
                        #expect(found.isEmpty)
                    }
                }
                var held = time.held.makeAsyncIterator()
                for _ in 0..<SQLiteLimits.searchers { _ = await held.next() }
                #expect(try await store.request(RequestID(7))?.request.id == RequestID(7))
                var byNumber = RequestQuery(limit: 9)
                byNumber.ids = [RequestID(8)]
                #expect(try await store.requests(byNumber).count == 1)
                #expect(try await store.nextInstants(without: []).due != nil)
                #expect(try await store.submit(StoreSamples.submission(), audit: nil).id == RequestID(301))
                time.goOn()
                try await group.waitForAll()
            }
        }
    }
}

/// Time that tells of those who look at its monotonic clock.
private final class WatchedTime: TimeSource {
    enum Look {
        /// Nothing happens.
        case tellsTime
        /// A second has passed since the last look.
        case passes
        /// Whoever looks is held up.
        case standsStill
    }

    private struct State {
        var look = Look.tellsTime
        var looks = 0
        var monotonic = Duration.zero
    }

    let held: AsyncStream<Void>
    private let heldUp: AsyncStream<Void>.Continuation
    private let state = Mutex(State())
    private let gate = DispatchSemaphore(value: 0)

    init() { (held, heldUp) = AsyncStream.makeStream() }

    var looks: Int { state.withLock { $0.looks } }

    func now() -> Timestamp { Timestamp(milliseconds: 1_900_000_000_000) }

    func monotonicNow() -> Duration {
        let (now, isHeld) = state.withLock { state -> (Duration, Bool) in
            state.looks += 1
            if state.look == .passes { state.monotonic += .seconds(1) }
            return (state.monotonic, state.look == .standsStill)
        }
        if isHeld {
            heldUp.yield()
            gate.wait()
            gate.signal()
        }
        return now
    }

    func sleep(for duration: Duration) async throws { try Task.checkCancellation() }

    func whenLookedAt(_ look: Look) { state.withLock { $0.look = look } }

    /// Lets go all who were held up.
    func goOn() {
        whenLookedAt(.tellsTime)
        gate.signal()
    }
}
