/// How large the next chunk is and how long to rest after one, so that others hardly notice (administration §11, A51).
///
/// A store may have one writer for all: a chunk must be short whatever it costs on the machine at hand, and chunks
/// together may have a small share of the writer's time only.
package struct PurgePace: Hashable, Sendable {
    /// How long a chunk should keep a writer.
    package static let chunkTime: Duration = .milliseconds(2)
    /// Pause after a chunk, as a multiple of the time until it was committed. What it wrote costs the disk more than
    /// the writer's work tells, and where others wait for the writer, the wait counts, too.
    package static let restFactor = 6
    /// Requests of the first chunk.
    package static let firstLimit = 50
    /// Requests that a chunk has at least: what it costs whatever its size, such as exchanges with a database under
    /// load, must not make chunks so small that a purge never ends.
    package static let smallestLimit = 20

    /// Requests of the next chunk.
    package private(set) var limit: Int
    private let most: Int

    /// - Parameter batchSize: `purge.batchSize`, most requests of a chunk.
    package init(batchSize: Int) {
        most = max(1, batchSize)
        limit = min(most, Self.firstLimit)
    }

    /// Learns from a chunk.
    ///
    /// - Parameters:
    ///   - count: rows that it looked at or changed.
    ///   - elapsed: how long it kept the writer.
    ///   - answer: how long it took until it was committed.
    /// - Returns: how long to rest.
    package mutating func note(_ count: Int, elapsed: Duration, answer: Duration) -> Duration {
        if count > 0, elapsed > .zero {
            let fitting = Double(count) * (Self.chunkTime / elapsed)
            // Grows slowly: a few cheap ones say little about the next.
            let next = min(fitting, Double(limit) * 2)
            limit = min(max(Int(min(next, Double(most))), min(Self.smallestLimit, most)), most)
        } else {
            limit = min(limit * 2, most)
        }
        return max(elapsed, answer) * Self.restFactor
    }
}
