import SchedulerCore
import Synchronization
import Testing

struct InvocationControlTests {
    private let control = InvocationControl { _ in true }
    private let heard = Heard()

    private final class Heard: Sendable {
        private let demands = Mutex<[StopDemand]>([])

        var all: [StopDemand] { demands.withLock { $0 } }

        func add(_ demand: StopDemand) { demands.withLock { $0.append(demand) } }
    }

    private let cancel = StopDemand(reason: .cancel, grace: .seconds(60))
    private let fence = StopDemand(reason: .fenced, grace: .zero)

    @Test("The first demand counts, and is told once")
    func first() {
        control.onStop { [heard] in heard.add($0) }
        #expect(control.stopDemand == nil)
        control.stop(cancel)
        control.stop(StopDemand(reason: .nodeStopping, grace: .zero))
        #expect(control.stopDemand == cancel)
        #expect(heard.all == [cancel])
    }

    @Test("I58 A fence overrides a gentler demand; nothing overrides a fence")
    func fenced() {
        control.onStop { [heard] in heard.add($0) }
        control.stop(cancel)
        control.stop(fence)
        control.stop(fence)
        control.stop(cancel)
        #expect(control.stopDemand == fence)
        #expect(heard.all == [cancel, fence])
    }

    @Test("Whoever listens late hears what counts then")
    func late() {
        control.stop(cancel)
        control.stop(fence)
        control.onStop { [heard] in heard.add($0) }
        #expect(heard.all == [fence])
    }
}
