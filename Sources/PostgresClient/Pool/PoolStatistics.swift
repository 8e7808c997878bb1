/// What a pool holds and has done.
package struct PoolStatistics: Hashable, Sendable {
    // At this moment.
    package var idle = 0
    package var busy = 0
    package var connecting = 0
    package var waiting = 0

    // Since the pool was made.
    /// Calls that were given a connection.
    package var served = 0
    /// Calls whose time was up, that found too many waiting, that were cancelled, that met no server.
    package var timedOut = 0
    package var refused = 0
    package var cancelled = 0
    package var unserved = 0
    package var connects = 0
    package var connectFailures = 0
    /// Connections that did not survive their idling.
    package var failedChecks = 0
    /// How long the served calls waited, all together and at most.
    package var waited: Duration = .zero
    package var waitedMost: Duration = .zero

    package init() {}
}
