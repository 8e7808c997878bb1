import SchedulerCore
import Synchronization

/// Store time, as far as this process has seen it.
///
/// Instants are the database's clock, read within each transaction, and never behind those that were written before:
/// the database keeps the newest in a sequence, this process the newest it has seen. After a failover to a slower
/// clock time stands still until that clock has caught up.
final class StoreClock: Sendable {
    private let newest = Atomic<Int64>(0)
    /// A clock for tests instead of the database's.
    private let replacement: (any TimeSource)?

    init(replacement: (any TimeSource)?) { self.replacement = replacement }

    /// Newest instant seen, and the wall clock that stands in for the database's, in milliseconds.
    var reading: (seen: Int64, wall: Int64?) {
        (newest.load(ordering: .acquiring), replacement?.now().milliseconds)
    }

    func note(_ milliseconds: Int64) { newest.max(milliseconds, ordering: .acquiringAndReleasing) }
}
