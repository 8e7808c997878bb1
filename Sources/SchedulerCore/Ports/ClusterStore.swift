/// Which nodes live, which rest, and who leads. Leases are written and compared in store time only (runtime §8).
///
/// All calls throw `StoreFault`.
package protocol ClusterStore: Sendable {
    /// Whether no other process can use the store while this one has it. Leases then bound nobody: what a node runs
    /// cannot be taken over while it lives.
    var isExclusive: Bool { get }

    /// Enters a node with a fresh lease, or gives a member a new one.
    ///
    /// - Parameters:
    ///   - node: the identity of this start, its label and the operating-system process that it is.
    ///   - lease: how long the entry counts without a renewal.
    ///   - predecessor: a namesake whose process is known to be gone: its lease is void at once. Nil for none.
    /// - Returns: whether it is a member now, or which living node has its name.
    /// - Throws: `StoreFault`.
    func join(_ node: NodeRecord, lease: Duration, over predecessor: NodeID?) async throws -> JoinOutcome

    /// Renews the lease of a member.
    ///
    /// - Returns: `.none`, and nothing is renewed, where the lease has run out: attempts of the node may have been
    ///   taken from it.
    func renew(_ node: NodeID, lease: Duration) async throws -> NodeStanding

    /// Keeps what a member tells the others of itself; nothing is written where it has told the same before, or is no
    /// member.
    func publish(_ offer: NodeOffer, of node: NodeID) async throws

    /// Ends the node's membership and its leaderships.
    func leave(_ node: NodeID) async throws

    /// The nodes that live, those that were lost of late, and names that are known only because they are quiesced;
    /// in order of their names, the newest start of each.
    func nodes() async throws -> [NodeStatus]

    /// Keeps attempts from starting, or lets them start again; survives restarts.
    ///
    /// - Parameters:
    ///   - isQuiesced: what shall be.
    ///   - target: one node, by its name, or all.
    ///   - audit: record to write with it; nil for none. Nothing is written where nothing changes.
    ///   - call: recorded with it, also where nothing changes; nil for one without a key.
    /// - Throws: ESS-01054 where the call's key has been used; `StoreFault`.
    func setQuiesced(
        _ isQuiesced: Bool,
        _ target: QuiesceTarget,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws

    /// Takes or keeps the lead in a duty.
    ///
    /// - Parameters:
    ///   - role: the duty.
    ///   - node: who asks; must be a member.
    ///   - lease: how long the lead counts without being asked for again, at most as long as the node's own lease.
    /// - Returns: the term, which grows whenever the lead goes to another; nil where another node leads, or the asker
    ///   is no member.
    /// - Throws: `StoreFault`.
    func lead(_ role: LeaderRole, node: NodeID, lease: Duration) async throws -> LeaderTerm?

    /// Attempts whose node holds no lease.
    ///
    /// - Parameters:
    ///   - node: who asks; its own are never among them.
    ///   - id: only greater numbers.
    ///   - limit: at most so many.
    /// - Returns: in order of their numbers, each with its former owner as far as it is known.
    /// - Throws: `StoreFault`.
    func lostAttempts(for node: NodeID, after id: RequestID?, limit: Int) async throws -> [LostAttempt]
}

extension ClusterStore {
    /// The same for a call without a key.
    package func setQuiesced(_ isQuiesced: Bool, _ target: QuiesceTarget, audit: AuditEntry?) async throws {
        try await setQuiesced(isQuiesced, target, audit: audit, call: nil)
    }
}

/// What became of a wish to join.
package enum JoinOutcome: Hashable, Sendable {
    case joined
    /// A living node has the name until then, or longer if it renews.
    case nameTaken(by: NodeRecord, until: Timestamp)
}

/// What a store lets a node do.
package enum NodeStanding: Hashable, Sendable {
    /// A member: may start attempts.
    case active
    /// A member that starts nothing: it, or all, are quiesced, or a duty of it is stopped.
    case quiesced
    /// No member, or its lease is over.
    case none
}

/// What is quiesced or resumed.
package enum QuiesceTarget: Hashable, Sendable {
    /// `node.name`.
    case node(String)
    /// All nodes, also those that join later.
    case cluster
    /// One duty of `node.name`.
    case duty(NodeDuty, of: String)

    /// Kind and id in the audit trail.
    package var auditTarget: (kind: String, id: String) {
        switch self {
        case .node(let name): ("Node", name)
        case .cluster: ("Cluster", "*")
        case .duty(_, let name): ("Node", name)
        }
    }

    /// The node that is concerned; nil = all.
    package var nodeName: String? {
        switch self {
        case .node(let name), .duty(_, let name): name
        case .cluster: nil
        }
    }

    /// Each of these keeps a node from starting anything.
    package static func all(of node: String) -> [QuiesceTarget] {
        [.cluster, .node(node)] + NodeDuty.allCases.map { .duty($0, of: node) }
    }
}

/// Duties that one node has at a time.
package enum LeaderRole: String, CaseIterable, Hashable, Sendable {
    /// Ends what lost nodes have left.
    case recovery
    /// Applies the metadata directory.
    case metadata
    /// Removes what has ended long ago.
    case purge
    /// Delivers callbacks and events.
    case outbox
}

/// How often the lead in a duty has gone to another node: 1, 2, …
package struct LeaderTerm: Hashable, Sendable {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }
}

/// An attempt whose node is gone.
package struct LostAttempt: Hashable, Sendable {
    package let request: JobRequest
    /// Who ran it; nil where that is not known any more.
    package let owner: NodeRecord?
    package let reason: NodeLostReason

    package init(request: JobRequest, owner: NodeRecord?, reason: NodeLostReason) {
        self.request = request
        self.owner = owner
        self.reason = reason
    }
}

extension NodeLostReason {
    /// Why a node without a lease has no longer one.
    ///
    /// - Parameters:
    ///   - lostOwnerIsKnown: whether the store still has its entry: a node that stops takes that away.
    ///   - hasLivingNamesake: whether a node that was started later has its name.
    /// - Returns: what is told of its attempts.
    package static func of(lostOwnerIsKnown: Bool, hasLivingNamesake: Bool) -> NodeLostReason {
        guard lostOwnerIsKnown else { return .nodeStopped }
        return hasLivingNamesake ? .nodeRestarted : .leaseExpired
    }
}
