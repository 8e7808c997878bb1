import PostgresClient
import SchedulerTesting
import Testing

/// Random events: whatever comes, the pool keeps its promises.
@Suite struct PoolSequenceTests {
    @Test("No call is lost, none is answered twice, none waits for nothing", arguments: 1...300 as ClosedRange<UInt64>)
    func randomSequences(seed: UInt64) {
        var world = PoolWorld(seed: seed)
        for _ in 0..<400 { world.step() }
        world.finish()
    }
}

/// What surrounds the machine: callers, slots and time, each checked after every step.
private struct PoolWorld {
    private enum Work: Hashable {
        case connecting
        case running(PoolMachine.CallID)
        case checking
    }

    private let settings: PoolMachine.Settings
    private var random: SeededRandom
    private var machine: PoolMachine
    private var now: Duration = .zero
    private var lastCall: UInt64 = 0
    private var deadlines: [PoolMachine.CallID: Duration] = [:]
    /// Callers that wait, in order.
    private var waiting: [PoolMachine.CallID] = []
    /// What each slot has been told and not yet answered.
    private var work: [PoolMachine.Slot: Work] = [:]
    private var connected: Set<PoolMachine.Slot> = []
    private var answered: Set<PoolMachine.CallID> = []
    private var isClosed = false
    private var isFinished = false

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        var settings = PoolMachine.Settings()
        settings.connectionsMax = Int.random(in: 1...4, using: &random)
        settings.waitingMax = Int.random(in: 1...12, using: &random)
        settings.idleCheckTime = .seconds(5)
        settings.reconnection = ReconnectionPolicy(first: .milliseconds(500), longest: .seconds(4))
        self.settings = settings
        machine = PoolMachine(settings)
    }

    mutating func step() {
        if random.percent(40) { now += .milliseconds(Int.random(in: 0...900, using: &random)) }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<40: call()
        case 40..<45: cancel()
        case 45..<85: settleOne()
        case 85..<99: passTime()
        default: if random.percent(20) { close() }
        }
        check()
    }

    /// Closes, lets everything come to its end, and looks whether it has.
    mutating func finish() {
        close()
        while !work.isEmpty { settleOne() }
        check()
        #expect(isFinished)
        #expect(waiting.isEmpty)
        #expect(connected.isEmpty)
        #expect(answered.count == Int(lastCall))
    }

    private mutating func call() {
        lastCall += 1
        let id = PoolMachine.CallID(lastCall)
        let deadline = now + .milliseconds(Int.random(in: 0...3000, using: &random))
        deadlines[id] = deadline
        waiting.append(id)
        perform(machine.call(id, deadline: deadline, now: now))
    }

    private mutating func cancel() {
        guard lastCall > 0 else { return }
        let id = random.pick(waiting) ?? PoolMachine.CallID(lastCall)
        let actions = machine.cancel(id)
        #expect(actions == (waiting.contains(id) ? [.fail(id, .cancelled)] : []))
        perform(actions)
    }

    private mutating func settleOne() {
        guard let slot = random.pick(work.keys.sorted()), let task = work.removeValue(forKey: slot) else { return }
        switch task {
        case .connecting:
            if random.percent(60) {
                connected.insert(slot)
                perform(machine.connected(slot, now: now))
            } else {
                perform(machine.connectFailed(slot, now: now, jitter: .random(in: 0..<1, using: &random)))
            }
        case .running(let id):
            answered.insert(id)
            if random.percent(10) {
                connected.remove(slot)
                perform(machine.connectFailed(slot, now: now, jitter: .random(in: 0..<1, using: &random)))
            } else {
                perform(machine.released(slot, isUsable: random.percent(85), now: now))
            }
        case .checking:
            perform(machine.checked(slot, isUsable: random.percent(70), now: now))
        }
    }

    private mutating func passTime() {
        perform(machine.timePassed(now: now))
        // What is due has been done: the timer's thread does not turn in circles.
        if let next = machine.nextTimer { #expect(next > now) }
        #expect(waiting.allSatisfy { deadlines[$0].map { $0 > now } == true })
    }

    private mutating func close() {
        isClosed = true
        perform(machine.close())
        #expect(waiting.isEmpty)
    }

    private mutating func perform(_ actions: [PoolMachine.Action]) {
        for action in actions {
            if isFinished, case .fail(_, .closed) = action {
            } else {
                #expect(!isFinished, "only refusals follow the end")
            }
            switch action {
            case .connect(let slot):
                #expect(!connected.contains(slot) && work[slot] == nil && !isClosed)
                work[slot] = .connecting
            case .run(let id, let slot):
                #expect(connected.contains(slot) && work[slot] == nil && !isClosed)
                #expect(waiting.first == id, "who came first is served first")
                waiting.removeAll { $0 == id }
                work[slot] = .running(id)
            case .check(let slot):
                #expect(connected.contains(slot) && work[slot] == nil)
                work[slot] = .checking
            case .disconnect(let slot):
                #expect(connected.remove(slot) != nil && work[slot] == nil)
            case .fail(let id, _):
                #expect(waiting.contains(id) && answered.insert(id).inserted)
                waiting.removeAll { $0 == id }
            case .finish:
                isFinished = true
            }
        }
    }

    private func check() {
        let statistics = machine.statistics
        #expect(statistics.waiting == waiting.count)
        #expect(waiting.count <= settings.waitingMax)
        #expect(statistics.idle == connected.count { work[$0] == nil })
        #expect(waiting.isEmpty || statistics.idle == 0, "nobody waits beside an idle connection")
        #expect(waiting.isEmpty || !work.isEmpty, "nobody waits for nothing")
        #expect(statistics.busy + statistics.connecting == work.count)
        if isClosed { #expect(isFinished == (work.isEmpty && connected.isEmpty)) }
    }
}
