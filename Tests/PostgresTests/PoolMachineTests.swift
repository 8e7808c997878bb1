import PostgresClient
import Testing

/// The pool's decisions, without connections.
@Suite struct PoolMachineTests {
    private typealias Action = PoolMachine.Action

    private static func machine(_ connections: Int = 2, waiting: Int = 3) -> PoolMachine {
        var settings = PoolMachine.Settings()
        settings.connectionsMax = connections
        settings.waitingMax = waiting
        settings.idleCheckTime = .seconds(30)
        settings.reconnection = ReconnectionPolicy(first: .seconds(2), longest: .seconds(8))
        return PoolMachine(settings)
    }

    private func id(_ value: UInt64) -> PoolMachine.CallID { PoolMachine.CallID(value) }

    private func seconds(_ value: Double) -> Duration { .seconds(value) }

    @Test("The first call connects and then runs; the next one takes the idle connection")
    func firstCall() {
        var machine = Self.machine()
        #expect(machine.call(id(1), deadline: seconds(10), now: seconds(1)) == [.connect(0)])
        #expect(machine.nextTimer == seconds(10))
        #expect(machine.connected(0, now: seconds(3)) == [.run(id(1), 0)])
        #expect(machine.statistics.waited == seconds(2))
        #expect(machine.released(0, isUsable: true, now: seconds(4)) == [])
        #expect(machine.nextTimer == seconds(34))
        #expect(machine.call(id(2), deadline: seconds(10), now: seconds(5)) == [.run(id(2), 0)])
    }

    @Test("Calls beyond the connections wait in order, those beyond the bound are refused")
    func limits() {
        var machine = Self.machine(1, waiting: 2)
        #expect(machine.call(id(1), deadline: seconds(10), now: .zero) == [.connect(0)])
        #expect(machine.connected(0, now: .zero) == [.run(id(1), 0)])
        #expect(machine.call(id(2), deadline: seconds(10), now: .zero) == [])
        #expect(machine.call(id(3), deadline: seconds(10), now: .zero) == [])
        #expect(machine.call(id(4), deadline: seconds(10), now: .zero) == [.fail(id(4), .tooMany)])
        #expect(machine.released(0, isUsable: true, now: seconds(1)) == [.run(id(2), 0)])
        #expect(machine.released(0, isUsable: false, now: seconds(2)) == [.disconnect(0), .connect(0)])
        #expect(machine.connected(0, now: seconds(3)) == [.run(id(3), 0)])
        #expect(machine.statistics.waitedMost == seconds(3))
    }

    @Test("The connection used last is used next")
    func warmest() {
        var machine = Self.machine()
        _ = machine.call(id(1), deadline: seconds(10), now: .zero)
        _ = machine.call(id(2), deadline: seconds(10), now: .zero)
        #expect(machine.connected(1, now: .zero) == [.run(id(1), 1)])
        #expect(machine.connected(0, now: .zero) == [.run(id(2), 0)])
        _ = machine.released(1, isUsable: true, now: seconds(1))
        _ = machine.released(0, isUsable: true, now: seconds(2))
        #expect(machine.call(id(3), deadline: seconds(10), now: seconds(3)) == [.run(id(3), 0)])
        #expect(machine.call(id(4), deadline: seconds(10), now: seconds(3)) == [.run(id(4), 1)])
    }

    @Test("Whose time is up leaves, and so does who is cancelled")
    func deadlines() {
        var machine = Self.machine(1)
        _ = machine.call(id(1), deadline: seconds(10), now: .zero)
        _ = machine.connected(0, now: .zero)
        _ = machine.call(id(2), deadline: seconds(9), now: .zero)
        _ = machine.call(id(3), deadline: seconds(5), now: .zero)
        _ = machine.call(id(4), deadline: seconds(9), now: .zero)
        #expect(machine.nextTimer == seconds(5))
        #expect(machine.timePassed(now: seconds(4)) == [])
        #expect(machine.timePassed(now: seconds(5)) == [.fail(id(3), .timedOut)])
        #expect(machine.nextTimer == seconds(9))
        #expect(machine.cancel(id(2)) == [.fail(id(2), .cancelled)])
        #expect(machine.cancel(id(1)) == [])
        #expect(machine.cancel(id(2)) == [])
        #expect(machine.released(0, isUsable: true, now: seconds(6)) == [.run(id(4), 0)])
        #expect(machine.statistics.timedOut == 1)
    }

    @Test("Without any connection a failed attempt fails all that wait, and the next calls until the pause is over")
    func unreachable() {
        var machine = Self.machine()
        #expect(machine.call(id(1), deadline: seconds(99), now: .zero) == [.connect(0)])
        #expect(machine.call(id(2), deadline: seconds(99), now: .zero) == [.connect(1)])
        #expect(machine.connectFailed(0, now: .zero, jitter: 1) == [])
        #expect(
            machine.connectFailed(1, now: .zero, jitter: 1) == [
                .fail(id(1), .unreachable), .fail(id(2), .unreachable),
            ]
        )
        #expect(machine.call(id(3), deadline: seconds(99), now: seconds(1.9)) == [.fail(id(3), .unreachable)])
        // Then one tries the way, however many wait.
        #expect(machine.call(id(4), deadline: seconds(99), now: seconds(2)) == [.connect(0)])
        #expect(machine.call(id(5), deadline: seconds(99), now: seconds(2)) == [])
        #expect(machine.connectFailed(0, now: seconds(2), jitter: 0).count == 2)
        #expect(machine.call(id(6), deadline: seconds(99), now: seconds(3.9)) == [.fail(id(6), .unreachable)])
        #expect(machine.call(id(7), deadline: seconds(99), now: seconds(4)) == [.connect(0)])
        #expect(machine.call(id(8), deadline: seconds(99), now: seconds(4)) == [])
        #expect(machine.connected(0, now: seconds(5)) == [.run(id(7), 0), .connect(1)])
    }

    @Test("With one connection left callers wait for it, and another is tried after the pause")
    func oneLeft() {
        var machine = Self.machine()
        _ = machine.call(id(1), deadline: seconds(99), now: .zero)
        _ = machine.connected(0, now: .zero)
        #expect(machine.call(id(2), deadline: seconds(99), now: .zero) == [.connect(1)])
        #expect(machine.connectFailed(1, now: .zero, jitter: 1) == [])
        #expect(machine.nextTimer == seconds(2))
        #expect(machine.timePassed(now: seconds(2)) == [.connect(1)])
        #expect(machine.nextTimer == seconds(99))
        #expect(machine.released(0, isUsable: true, now: seconds(3)) == [.run(id(2), 0)])
        #expect(machine.connected(1, now: seconds(4)) == [])
        // A call whose connection had ended, and could not be replaced, was answered by its thread.
        #expect(machine.call(id(3), deadline: seconds(99), now: seconds(5)) == [.run(id(3), 1)])
        #expect(machine.connectFailed(1, now: seconds(5), jitter: 0) == [])
        #expect(machine.statistics.idle + machine.statistics.busy == 1)
    }

    @Test("Idle connections are asked in time, and let go when they do not answer")
    func checks() {
        var machine = Self.machine()
        _ = machine.call(id(1), deadline: seconds(99), now: .zero)
        _ = machine.connected(0, now: .zero)
        _ = machine.released(0, isUsable: true, now: .zero)
        #expect(machine.timePassed(now: seconds(29)) == [])
        #expect(machine.timePassed(now: seconds(30)) == [.check(0)])
        #expect(machine.nextTimer == nil)
        #expect(machine.call(id(2), deadline: seconds(99), now: seconds(30)) == [.connect(1)])
        #expect(machine.checked(0, isUsable: true, now: seconds(31)) == [.run(id(2), 0)])
        #expect(machine.connected(1, now: seconds(32)) == [])
        #expect(machine.timePassed(now: seconds(62)) == [.check(1)])
        #expect(machine.checked(1, isUsable: false, now: seconds(63)) == [.disconnect(1)])
        #expect(machine.statistics.failedChecks == 1)
    }

    @Test("Closing refuses who waits, and ends when the last connection has")
    func closing() {
        var machine = Self.machine(3)
        for number in 1...3 as ClosedRange<UInt64> { _ = machine.call(id(number), deadline: seconds(99), now: .zero) }
        _ = machine.connected(0, now: .zero)
        _ = machine.connected(1, now: .zero)
        _ = machine.released(1, isUsable: true, now: .zero)
        #expect(machine.call(id(4), deadline: seconds(99), now: .zero) == [])
        #expect(machine.close() == [.fail(id(4), .closed)])
        #expect(machine.close() == [])
        #expect(machine.nextTimer == nil)
        #expect(machine.call(id(5), deadline: seconds(99), now: .zero) == [.fail(id(5), .closed)])
        #expect(machine.connected(2, now: seconds(1)) == [.disconnect(2)])
        #expect(machine.released(1, isUsable: true, now: seconds(1)) == [.disconnect(1)])
        #expect(machine.released(0, isUsable: false, now: seconds(2)) == [.disconnect(0), .finish])
        #expect(machine.timePassed(now: seconds(3)) == [])
    }

    @Test("A pool that never connected closes at once")
    func closingEmpty() {
        var machine = Self.machine()
        #expect(machine.close() == [.finish])
    }

    @Test("Pauses double up to the cap, jitter takes at most half")
    func pauses() {
        let policy = ReconnectionPolicy(first: .milliseconds(100), longest: .seconds(1))
        let whole = (1...6).map { policy.pause(after: $0, jitter: 1) }
        #expect(whole == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
        #expect(policy.pause(after: 1, jitter: 0) == .milliseconds(50))
        #expect(policy.pause(after: 1000, jitter: 0.5) == .milliseconds(750))
    }
}
