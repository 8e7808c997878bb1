import SchedulerTesting
import Testing

/// Instants against runs, as a checker from outside sees them.
struct ChronosTests {
    /// Of a hundred schedules so many share a store: each write copies what it holds.
    private static let schedulesPerStore = 10

    @Test(
        "I32: of a hundred schedules, an hour of crashes and faults misses no instant and doubles none",
        .timeLimit(.minutes(5))
    )
    func hour() async throws {
        var checked = 0
        for first in stride(from: 0, to: 100, by: Self.schedulesPerStore) {
            let run = ChronosRun(seed: UInt64(first))
            let found = try await run.run(first..<(first + Self.schedulesPerStore))
            #expect(found.isEmpty, "schedules from \(first): \(found.prefix(5))")
            checked += run.instantsChecked
        }
        print("schedules: \(checked) instants, each with one run or one skip")
        #expect(checked > 1000)
    }
}
