import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LoopDriverTests {
    /// A loop whose passes the test hands out.
    private final class Passes: EngineLoop {
        let name = "passes"
        let wake = WakeSignal()
        let begun = EventQueue<Int>()
        private let results: Mutex<[Result<NextPass, any Error>]>
        private let count = Mutex(0)

        init(_ results: [Result<NextPass, any Error>]) { self.results = Mutex(results) }

        func runOnce() async throws -> NextPass {
            begun.add(
                count.withLock { count in
                    count += 1
                    return count
                }
            )
            let result = results.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            return try result?.get() ?? .after(.seconds(3600))
        }
    }

    private let time = SteppedTime()
    private let log = LogKeeper()
    private static let fault: Result<NextPass, any Error> = .failure(StoreFault("away", kind: .unavailable))

    /// Runs the loop while the body does; then cancels it, which has to end it.
    private func drive(_ loop: Passes, _ body: () async throws -> Void) async throws {
        let driver = LoopDriver(time: time, logger: log.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await driver.run(loop) }
            defer { group.cancelAll() }
            try await body()
        }
    }

    @Test("A pass that has more to do is followed by the next at once, one that has not by its pause")
    func passes() async throws {
        let loop = Passes([.success(.now), .success(.after(.seconds(4)))])
        try await drive(loop) {
            #expect(try await loop.begun.next() == 1)
            #expect(try await loop.begun.next() == 2)
            try await time.untilSleeping(for: .seconds(4))
            #expect(loop.begun.pending.isEmpty)
            time.advance(by: .seconds(4))
            #expect(try await loop.begun.next() == 3)
        }
        #expect(log.lines.isEmpty)
    }

    @Test("A signal ends the pause")
    func wakes() async throws {
        let loop = Passes([])
        try await drive(loop) {
            _ = try await loop.begun.next()
            try await time.untilSleeping(for: .seconds(3600))
            loop.wake.signal()
            #expect(try await loop.begun.next() == 2)
        }
    }

    @Test("Failing passes are reported and repeated after pauses that double up to a bound; a good one resets them")
    func backsOff() async throws {
        let failures = Array(repeating: Self.fault, count: 8)
        let loop = Passes(failures + [.success(.now), Self.fault])
        try await drive(loop) {
            for milliseconds in [100, 200, 400, 800, 1600, 3200, 5000, 5000, 100] {
                let pause: Duration = .milliseconds(milliseconds)
                try await time.untilSleeping(for: pause)
                time.advance(by: pause - .milliseconds(1))
                time.advance(by: .milliseconds(1))
            }
            try await time.untilSleeping(for: .seconds(3600))
        }
        #expect(loop.begun.pending.count == 11)
        #expect(log.lines.count { $0.contains("Loop pass failed") && $0.hasPrefix("error") } == 9)
        #expect(log.lines.allSatisfy { $0.contains("passes") && $0.contains("away") })
    }

    @Test("Cancelled, the loop ends, also out of a pause after a failure")
    func ends() async throws {
        let loop = Passes([Self.fault])
        try await drive(loop) { try await time.untilSleeping(for: LoopDriver.firstFailurePause) }
        #expect(loop.begun.pending == [1])
    }

    /// A loop whose first pass throws a cancellation that is none of its own; the second cancels it.
    private struct StrayCancellation: EngineLoop {
        let name = "stray"
        let wake = WakeSignal()
        let begun = EventQueue<Void>()

        func runOnce() async throws -> NextPass {
            begun.add(())
            if begun.pending.count == 1 { throw CancellationError() }
            withUnsafeCurrentTask { $0?.cancel() }
            return .now
        }
    }

    @Test("A cancellation that a pass throws ends the loop only if the loop is the one that was cancelled")
    func strayCancellation() async {
        let loop = StrayCancellation()
        let driver = LoopDriver(time: ManualTime(), logger: log.logger)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await driver.run(loop) }
        }
        #expect(loop.begun.pending.count == 2)
    }
}
