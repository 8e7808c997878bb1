import SchedulerEngine
import Testing

struct LeaseFenceTests {
    private let fence = LeaseFence(lease: .seconds(30))

    private func isClosed(_ seconds: Double) -> Bool { fence.isClosed(at: .seconds(seconds)) }

    private func renew(asked: Double, now: Double) -> Bool {
        fence.renew(askedAt: .seconds(asked), now: .seconds(now))
    }

    @Test("A fence is closed until a lease was granted")
    func first() {
        #expect(isClosed(0))
        #expect(fence.check(now: .seconds(100)) == (false, nil))
        #expect(renew(asked: 100, now: 101))
        #expect(!isClosed(101))
        #expect(!renew(asked: 102, now: 102), "it was open")
    }

    @Test("I58 It closes exactly half a lease after the renewal was asked for, not after it was granted")
    func closes() {
        _ = renew(asked: 100, now: 110)
        #expect(fence.check(now: .seconds(110)) == (false, .seconds(5)))
        #expect(fence.check(now: .milliseconds(114_999)) == (false, .milliseconds(1)))
        #expect(!isClosed(114.999))
        #expect(isClosed(115), "also before anybody has looked")
        #expect(fence.check(now: .seconds(115)) == (true, nil))
        #expect(fence.check(now: .seconds(116)) == (false, nil), "it closes once")
        #expect(isClosed(116))
    }

    @Test("Each renewal moves the end; one that was asked for earlier does not move it back")
    func moves() {
        _ = renew(asked: 100, now: 100)
        _ = renew(asked: 110, now: 110)
        _ = renew(asked: 105, now: 111)
        #expect(fence.check(now: .seconds(111)) == (false, .seconds(14)))
        #expect(!isClosed(124.999))
        #expect(isClosed(125))
    }

    @Test("I58 An answer that took half a lease opens nothing")
    func late() {
        #expect(!renew(asked: 100, now: 115))
        #expect(isClosed(115))
        _ = renew(asked: 200, now: 200)
        _ = fence.check(now: .seconds(215))
        #expect(!renew(asked: 210, now: 225))
        #expect(isClosed(225))
        #expect(renew(asked: 220, now: 225))
        #expect(!isClosed(225))
    }

    @Test("Where nobody else can take anything over, only the loss of the lease closes it")
    func untimed() {
        let fence = LeaseFence(lease: .seconds(30), isTimed: false)
        #expect(fence.isClosed(at: .zero))
        #expect(fence.renew(askedAt: .zero, now: .seconds(100)))
        #expect(!fence.isClosed(at: .seconds(1000)))
        #expect(fence.check(now: .seconds(1000)) == (false, nil))
        #expect(fence.close())
        #expect(fence.isClosed(at: .seconds(1000)))
    }

    @Test("A lost lease closes it at once; what was granted before does not open it")
    func lost() {
        _ = renew(asked: 100, now: 100)
        #expect(fence.close())
        #expect(!fence.close(), "it was closed")
        #expect(isClosed(101))
        #expect(fence.check(now: .seconds(101)) == (false, nil))
        #expect(renew(asked: 102, now: 102))
        #expect(!isClosed(102))
    }
}
