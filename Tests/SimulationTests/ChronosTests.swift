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
            let run = ChronosRun(seed: UInt64(first), .hour)
            let found = try await run.run(first..<(first + Self.schedulesPerStore))
            #expect(found.isEmpty, "schedules from \(first): \(found.prefix(5))")
            checked += run.instantsChecked
        }
        print("schedules: \(checked) instants, each with one run or one skip")
        #expect(checked > 1000)
    }

    @Test(
        "I32: whichever write a node dies with, before or after its commit, no instant is missed and none doubled",
        .timeLimit(.minutes(5)),
        arguments: [0, 4, 8]
    )
    func everyWrite(_ first: Int) async throws {
        // Each overlap policy with one of the catch-up policies; the others follow with the next four.
        let schedules = first..<(first + 4)
        let quiet = ChronosRun(seed: 1, .init())
        #expect(try await quiet.run(schedules).isEmpty)
        #expect(quiet.writeCount > 50)
        for fault in FaultyStore<MemoryStore>.Fault.allCases {
            for write in 1..<quiet.writeCount {
                var course = ChronosRun.Course()
                course.lastWrite = write
                course.lastFault = fault
                let found = try await ChronosRun(seed: 1, course).run(schedules)
                #expect(found.isEmpty, "write \(write), \(fault): \(found.prefix(3))")
            }
        }
        print("schedules: died with each of \(quiet.writeCount - 1) writes, before and after its commit")
    }
}
