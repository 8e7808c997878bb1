package import SchedulerCore

/// A row of the table `node` with what other tables say of it; the same in every SQL store.
package struct StoredNode: Sendable {
    /// How long an entry is kept after its lease ended, in milliseconds.
    package static let keptMilliseconds: Int64 = 3_600_000

    package let record: NodeRecord
    package let joinedTime: Timestamp
    package let leaseEnd: Timestamp
    /// Attempts that hold a thread of it.
    package let running: Int
    package let offer: NodeOffer?

    /// All entries, oldest first. Names of the table of running attempts' owners: argument.
    package static func query(owners: String) -> String {
        """
        SELECT l.text, n.name, n.process_id, n.process_start, n.process_boot, n.version, n.joined_time, n.lease_end,
            (SELECT count(*) FROM \(owners) AS r WHERE r.owner = n.id), n.offer
        FROM node AS n JOIN label AS l ON l.key = n.id ORDER BY n.joined_time, n.lease_end, n.id
        """
    }

    /// Reads a row of `query`.
    package init(_ row: some RowSource) throws {
        record = NodeRecord(
            id: NodeID(row.text()),
            name: row.text(),
            process: ProcessIdentity(
                pid: Int32(truncatingIfNeeded: row.integer()),
                startTicks: UInt64(bitPattern: row.integer()),
                bootID: row.text()
            ),
            version: row.text()
        )
        joinedTime = Timestamp(milliseconds: row.integer())
        leaseEnd = Timestamp(milliseconds: row.integer())
        running = Int(clamping: row.integer())
        offer = try row.blob(NodeOfferCodec.decode)
    }
}

/// A row of the table `leader`.
package struct StoredLeader: Sendable {
    package static let query = """
        SELECT o.role, l.text, o.lease_end FROM leader AS o JOIN label AS l ON l.key = o.node ORDER BY o.role
        """

    package let role: LeaderRole
    package let node: NodeID
    package let leaseEnd: Timestamp

    /// Reads a row of `query`.
    package init(_ row: some RowSource) throws {
        role = try StoredCodes.leaderRoles.value(row.integer())
        node = NodeID(row.text())
        leaseEnd = Timestamp(milliseconds: row.integer())
    }
}

extension QuiesceTarget {
    /// Its name in the table `quiesced`; no node has an empty one.
    package var storedName: String {
        switch self {
        case .node(let name): name
        case .cluster: ""
        case .duty(let duty, let name): Self.prefix(of: duty) + name
        }
    }

    /// What a stored name means.
    package init(storedName: String) {
        for duty in NodeDuty.allCases {
            let prefix = Self.prefix(of: duty)
            guard storedName.utf8.starts(with: prefix.utf8) else { continue }
            self = .duty(duty, of: String(storedName.dropFirst(prefix.count)))
            return
        }
        self = storedName.isEmpty ? .cluster : .node(storedName)
    }

    /// SQL of all stored names that keep a node `n` from starting anything.
    package static let storedNamesOfNode: String = {
        let prefixes = NodeDuty.allCases.map { "'\(prefix(of: $0))' || n.name" }
        return (["''", "n.name"] + prefixes).joined(separator: ", ")
    }()

    /// Stands before the name; no name of a node begins so.
    private static func prefix(of duty: NodeDuty) -> String { "\u{1F}\(duty.rawValue)\u{1F}" }
}
