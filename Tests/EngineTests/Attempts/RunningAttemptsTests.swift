import SchedulerCore
import SchedulerEngine
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RunningAttemptsTests {
    private let attempts = RunningAttempts()
    private let demand = StopDemand(reason: .cancel, grace: .seconds(1))

    @discardableResult
    private func insert(_ epoch: Int64) -> InvocationControl {
        let control = InvocationControl { _ in true }
        attempts.insert(AttemptEpoch(epoch), of: RequestID(epoch * 10), control)
        return control
    }

    @Test("Attempts are known by their epoch until they are removed")
    func known() {
        insert(1)
        insert(2)
        #expect(attempts.threadCount == 2)
        #expect(attempts.contains(AttemptEpoch(1)))
        #expect(Set(attempts.all.map(\.requestID.value)) == [10, 20])
        attempts.remove(AttemptEpoch(1))
        attempts.remove(AttemptEpoch(1))
        #expect(!attempts.contains(AttemptEpoch(1)))
        #expect(attempts.all == [RunningAttempt(requestID: RequestID(20), epoch: AttemptEpoch(2))])
    }

    @Test("What has nothing left to run holds no thread, until it goes on after all or is removed")
    func thread() {
        insert(1)
        insert(2)
        attempts.leaveThread(AttemptEpoch(1))
        attempts.leaveThread(AttemptEpoch(1))
        #expect(attempts.threadCount == 1)
        #expect(attempts.contains(AttemptEpoch(1)))
        attempts.takeThread(AttemptEpoch(1))
        #expect(attempts.threadCount == 2)
        attempts.leaveThread(AttemptEpoch(2))
        attempts.remove(AttemptEpoch(2))
        attempts.leaveThread(AttemptEpoch(2))
        #expect(attempts.threadCount == 1)
        attempts.remove(AttemptEpoch(1))
        #expect(attempts.threadCount == 0)
    }

    @Test("A demand reaches the attempt it is for, a general one all")
    func demands() {
        let first = insert(1)
        let second = insert(2)
        attempts.stop(AttemptEpoch(1), demand)
        attempts.stop(AttemptEpoch(3), demand)
        #expect(first.stopDemand == demand)
        #expect(second.stopDemand == nil)
        attempts.stopAll(StopDemand(reason: .nodeStopping, grace: .zero))
        #expect(first.stopDemand == demand)
        #expect(second.stopDemand?.reason == .nodeStopping)
    }

    @Test("Without attempts there is nothing to wait for")
    func nothing() async {
        await attempts.drain()
        insert(1)
        attempts.remove(AttemptEpoch(1))
        await attempts.drain()
    }

    @Test("Whoever waits for the end waits for the last attempt, and all that wait are told")
    func drain() async {
        insert(1)
        insert(2)
        let left = EventQueue<Int>()
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...2 {
                // Begins here and now: it waits before anything is removed.
                group.addImmediateTask {
                    await attempts.drain()
                    left.add(attempts.threadCount)
                }
            }
            attempts.remove(AttemptEpoch(1))
            // Room for a wait that ends too early.
            for _ in 0..<10 { await Task.yield() }
            attempts.remove(AttemptEpoch(2))
        }
        #expect(left.pending == [0, 0])
    }

    @Test("A wait that is cancelled ends, the others go on")
    func cancelled() async {
        insert(1)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await attempts.drain() }
            group.cancelAll()
        }
        #expect(attempts.threadCount == 1)
    }
}
