import SchedulerEngine
import Testing

@Suite(.timeLimit(.minutes(1)))
struct WakeSignalTests {
    private let signal = WakeSignal()
    private let time = SteppedTime()
    private let timeout: Duration = .seconds(9)

    @Test("A signal that nobody waits for is kept; several are one")
    func coalesces() async {
        for _ in 0..<3 { signal.signal() }
        #expect(await signal.takeSignal())
        #expect(await !signal.takeSignal())
    }

    @Test("A signal ends a wait and is not kept besides")
    func wakes() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait(timeout: timeout, time: time) }
            try await time.untilSleeping(for: timeout)
            signal.signal()
            try await group.waitForAll()
        }
        // The wait may have begun after the signal: then it took the kept one.
        #expect(await !signal.takeSignal())
    }

    @Test("A wait ends with its time, and the signal after it is kept for the next")
    func timesOut() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait(timeout: timeout, time: time) }
            try await time.untilSleeping(for: timeout)
            time.advance(by: timeout)
            try await group.waitForAll()
        }
        signal.signal()
        #expect(await signal.takeSignal())
    }

    @Test("A wait that is cancelled ends, and the next signal is not lost with it")
    func cancelled() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait(timeout: timeout, time: time) }
            try await time.untilSleeping(for: timeout)
            group.cancelAll()
        }
        signal.signal()
        #expect(await signal.takeSignal())
    }

    @Test("No wake-up is lost: whoever works after each wait finds all that was announced")
    func noneLost() async {
        let work = EventQueue<Int>()
        let count = 2000
        let seen = await withTaskGroup(of: Int.self) { group in
            group.addTask {
                var seen = 0
                while seen < count, !Task.isCancelled {
                    await signal.wait(timeout: timeout, time: time)
                    while seen < work.pending.count { seen += 1 }
                }
                return seen
            }
            for number in 1...count {
                work.add(number)
                signal.signal()
                if number % 7 == 0 { await Task.yield() }
            }
            return await group.next()
        }
        #expect(seen == count)
    }
}
