/// One start of one server process.
package struct NodeRecord: Hashable, Sendable {
    package let id: NodeID
    /// `node.name`: for people, never identity; unique among living nodes.
    package let name: String
    package let process: ProcessIdentity
    /// Of the program.
    package let version: String

    package init(id: NodeID, name: String, process: ProcessIdentity, version: String = "") {
        self.id = id
        self.name = name
        self.process = process
        self.version = version
    }
}

/// A node as operators see it (administration §4).
package struct NodeStatus: Hashable, Sendable {
    package let name: String
    /// Its newest start; nil where only the name is known.
    package let start: Start?
    /// Quiesced by itself.
    package let isQuiesced: Bool
    /// Quiesced with all others.
    package let isClusterQuiesced: Bool
    /// Attempts that hold a thread of it; those that await an answer do not count.
    package let running: Int
    package let leads: [LeaderRole]
    /// Duties that it was told to leave.
    package let stopped: Set<NodeDuty>

    package init(
        name: String,
        start: Start?,
        isQuiesced: Bool,
        isClusterQuiesced: Bool,
        running: Int,
        leads: [LeaderRole],
        stopped: Set<NodeDuty> = []
    ) {
        self.name = name
        self.start = start
        self.isQuiesced = isQuiesced
        self.isClusterQuiesced = isClusterQuiesced
        self.running = running
        self.leads = leads
        self.stopped = stopped
    }

    package var isAlive: Bool { start?.isAlive ?? false }

    package var quiesceState: QuiesceState {
        guard isQuiesced || isClusterQuiesced else { return .running }
        return running > 0 ? .quiescing : .quiesced
    }

    package struct Start: Hashable, Sendable {
        package let record: NodeRecord
        package let joinedTime: Timestamp
        package let leaseEnd: Timestamp
        /// Whether the lease counted when the store was asked.
        package let isAlive: Bool
        /// Nil where it has told nothing yet.
        package let offer: NodeOffer?

        package init(
            record: NodeRecord,
            joinedTime: Timestamp,
            leaseEnd: Timestamp,
            isAlive: Bool,
            offer: NodeOffer? = nil
        ) {
            self.record = record
            self.joinedTime = joinedTime
            self.leaseEnd = leaseEnd
            self.isAlive = isAlive
            self.offer = offer
        }
    }
}

/// How far a node has come with starting nothing (REST §5.11).
package enum QuiesceState: String, CaseIterable, Hashable, Sendable {
    case running = "RUNNING"
    case quiescing = "QUIESCING"
    case quiesced = "QUIESCED"
}
