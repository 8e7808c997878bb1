import Synchronization

/// The smallest number that several threads came upon.
final class Smallest: Sendable {
    private let state = Mutex(Int64.max)

    var value: Int64 { state.withLock { $0 } }

    func note(_ number: Int64) { state.withLock { $0 = min($0, number) } }
}
