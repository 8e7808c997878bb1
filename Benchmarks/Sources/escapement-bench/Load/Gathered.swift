import Synchronization

/// Numbers that several threads gather.
final class Gathered: Sendable {
    private let state = Mutex<[Int64]>([])

    var values: [Int64] { state.withLock { $0 } }

    func add(_ number: Int64) { state.withLock { $0.append(number) } }
}
