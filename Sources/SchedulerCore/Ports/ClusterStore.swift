/// Which nodes live. Leases are compared in store time only (runtime §8).
package protocol ClusterStore: Sendable {
    /// Enters a node with a fresh lease.
    ///
    /// - Parameters:
    ///   - node: the identity of this start, its label and the operating-system process that it is.
    ///   - lease: how long the entry counts without a renewal.
    /// - Throws: `StoreFault`, also where a living node has the same label.
    func join(_ node: NodeRecord, lease: Duration) async throws

    /// Renews the lease; false if the node was declared lost.
    func renew(_ node: NodeID, lease: Duration) async throws -> Bool

    /// Ends the node's membership.
    func leave(_ node: NodeID) async throws
}

/// One start of one server process.
package struct NodeRecord: Hashable, Sendable {
    package let id: NodeID
    /// `node.name`: for people, never identity.
    package let name: String
    package let process: ProcessIdentity

    package init(id: NodeID, name: String, process: ProcessIdentity) {
        self.id = id
        self.name = name
        self.process = process
    }
}
