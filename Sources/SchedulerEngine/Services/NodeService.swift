package import SchedulerCore

/// Shows the nodes of the cluster, keeps them from starting attempts and lets them start again (administration §4,
/// REST §5.11).
package struct NodeService: Sendable {
    /// What may be done to a node, or to all.
    package enum Operation: String, CaseIterable, Hashable, Sendable {
        case quiesce
        case resume
    }

    /// Characters of a name from outside that errors and denials keep.
    package static let quotedCharacters = 200

    /// `cluster.name`.
    package let clusterName: String

    private let store: any ClusterStore
    private let access: RequestAccess
    private let signals: EngineSignals
    private let denials: DenialRecorder

    package init(
        clusterName: String,
        store: any ClusterStore,
        access: RequestAccess,
        signals: EngineSignals,
        denials: DenialRecorder
    ) {
        self.clusterName = clusterName
        self.store = store
        self.access = access
        self.signals = signals
        self.denials = denials
    }

    // MARK: - Looking

    /// All nodes that the store knows, in order of their names.
    ///
    /// - Throws: ESS-31002; `StoreFault`.
    package func nodes(caller: Caller) async throws -> [NodeStatus] {
        try requireSight(of: caller)
        return try await store.nodes()
    }

    /// One node.
    ///
    /// - Throws: ESS-31002, then ESS-03007; `StoreFault`.
    package func node(_ name: String, caller: Caller) async throws -> NodeStatus {
        try requireSight(of: caller)
        return try await existing(name)
    }

    /// The servers of a cluster, or one of them: nodes that live, and those that are kept quiesced by their names. A
    /// lost one is none any more; that it is `RUNNING` would be a lie.
    ///
    /// - Throws: ESS-02006, then ESS-03006, ESS-03007; `StoreFault`.
    package func servers(ofCluster cluster: String, named name: String?, caller: Caller) async throws -> [NodeStatus] {
        guard access.decision(for: caller).seesNodes else { throw SchedulerError(2006, caller.principal.userName) }
        try requireCluster(cluster)
        let servers = try await store.nodes().filter { $0.isAlive || $0.isQuiesced }
        guard let name else { return servers }
        guard let server = servers.first(where: { $0.isNamed(name) }) else { throw Self.unknownServer(name) }
        return [server]
    }

    // MARK: - Changing

    /// Keeps a node from starting attempts, or lets it start again; calls for what is so already change nothing.
    ///
    /// - Parameters:
    ///   - operation: what to do.
    ///   - name: of a node that lives, was lost of late, or is quiesced.
    ///   - caller: who asks; needs ESCAPEMENT_WORK.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the node afterwards. After a resume it still rests if the cluster does.
    /// - Throws: ESS-31002, then ESS-03007; `StoreFault`.
    package func perform(
        _ operation: Operation,
        onNode name: String,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> NodeStatus {
        let target = QuiesceTarget.node(name)
        try await requireWork(caller, operation.rawValue, QuiesceTarget.node(Self.quoted(name)))
        let before = try await existing(name)
        try await change(target, operation, caller, call)
        // A node that was known only because it was quiesced is not known any more.
        return try await store.nodes().first { $0.isNamed(name) }
            ?? NodeStatus(
                name: name,
                start: nil,
                isQuiesced: operation == .quiesce,
                isClusterQuiesced: before.isClusterQuiesced,
                running: 0,
                leads: []
            )
    }

    /// Stops the dispatcher or the processor of a node, or starts it again: the node starts nothing while one of both
    /// is stopped; what runs there ends as ever. It is kept as a rest is, and survives restarts.
    ///
    /// - Parameters:
    ///   - duty: one of both.
    ///   - isStopped: what shall be.
    ///   - name: of a node that lives, was lost of late, or is remembered.
    ///   - caller: who asks; needs ESCAPEMENT_WORK.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the node afterwards.
    /// - Throws: ESS-31002, then ESS-03007; `StoreFault`.
    package func set(
        _ duty: NodeDuty,
        isStopped: Bool,
        onNode name: String,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> NodeStatus {
        let action = "\(isStopped ? "stop" : "start") \(duty.rawValue)"
        try await requireWork(caller, action, .duty(duty, of: Self.quoted(name)))
        let before = try await existing(name)
        try await store.setQuiesced(isStopped, .duty(duty, of: name), audit: caller.audit(action), call: call)
        if !isStopped { signals.dispatch.signal() }
        return try await store.nodes().first { $0.isNamed(name) }
            ?? NodeStatus(
                name: name,
                start: nil,
                isQuiesced: false,
                isClusterQuiesced: before.isClusterQuiesced,
                running: 0,
                leads: []
            )
    }

    /// Keeps all nodes from starting attempts, or lets them start again, also those that join later.
    ///
    /// - Parameters:
    ///   - operation: what to do.
    ///   - name: of the cluster.
    ///   - caller: who asks; needs ESCAPEMENT_WORK.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: all nodes afterwards. After a resume those rest that are quiesced by themselves.
    /// - Throws: ESS-31002, then ESS-03006; `StoreFault`.
    package func perform(
        _ operation: Operation,
        onCluster name: String,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> [NodeStatus] {
        try await requireWork(caller, operation.rawValue, .cluster)
        try requireCluster(name)
        try await change(.cluster, operation, caller, call)
        return try await store.nodes()
    }

    private func change(
        _ target: QuiesceTarget,
        _ operation: Operation,
        _ caller: Caller,
        _ call: IdempotentCall?
    ) async throws {
        let entry = caller.audit(operation.rawValue)
        try await store.setQuiesced(operation == .quiesce, target, audit: entry, call: call)
        // Other nodes hear it from the store.
        if operation == .resume { signals.dispatch.signal() }
    }

    // MARK: - Checks

    private func requireSight(of caller: Caller) throws(SchedulerError) {
        let decision = access.decision(for: caller)
        if !decision.seesNodes { try decision.require(.monitor) }
    }

    private func requireWork(_ caller: Caller, _ action: String, _ target: QuiesceTarget) async throws {
        do throws(SchedulerError) {
            try access.decision(for: caller).require(.work)
        } catch {
            await denials.record(error, entry: caller.audit(action), target: target)
            throw error
        }
    }

    private func requireCluster(_ name: String) throws(SchedulerError) {
        guard clusterName.utf8.elementsEqual(name.utf8) else { throw SchedulerError(3006, Self.quoted(name)) }
    }

    private func existing(_ name: String) async throws -> NodeStatus {
        guard let node = try await store.nodes().first(where: { $0.isNamed(name) }) else {
            throw Self.unknownServer(name)
        }
        return node
    }

    private static func unknownServer(_ name: String) -> SchedulerError { SchedulerError(3007, quoted(name)) }

    private static func quoted(_ name: String) -> String { String(name.prefix(quotedCharacters)) }
}

extension NodeStatus {
    /// Names are equal byte for byte, as in stores.
    fileprivate func isNamed(_ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }
}
