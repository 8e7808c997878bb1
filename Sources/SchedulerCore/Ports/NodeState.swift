/// Whether a node lives, as operators see it.
package enum NodeState: String, CaseIterable, Hashable, Sendable {
    /// Its lease lives.
    case running = "RUNNING"
    /// Its lease ran out: it died, or cannot reach the store.
    case lost = "LOST"
    /// It left, or never came; only its name is kept, because it is quiesced.
    case stopped = "STOPPED"
}

extension NodeStatus {
    package var state: NodeState {
        guard start != nil else { return .stopped }
        return isAlive ? .running : .lost
    }
}
