/// What a diagnosis knows of one node.
package struct DiagnosisNode: Hashable, Sendable {
    package let name: String
    package let isAlive: Bool
    /// By itself, or with all others.
    package let isQuiesced: Bool
    /// Attempts that hold a thread of it.
    package let running: Int
    /// The same by the assignment whose share has the thread, as far as that was asked; nil = none has.
    package let runningByAssignment: [MetadataObjectID?: Int]
    /// Nil where it has not told: it is then taken to run everything, on threads that nobody knows.
    package let offer: NodeOffer?
    /// Duties that it was told to leave.
    package let stopped: Set<NodeDuty>

    package init(
        name: String,
        isAlive: Bool = true,
        isQuiesced: Bool = false,
        running: Int = 0,
        runningByAssignment: [MetadataObjectID?: Int] = [:],
        offer: NodeOffer? = nil,
        stopped: Set<NodeDuty> = []
    ) {
        self.name = name
        self.isAlive = isAlive
        self.isQuiesced = isQuiesced
        self.running = running
        self.runningByAssignment = runningByAssignment
        self.offer = offer
        self.stopped = stopped
    }

    /// - Parameters:
    ///   - status: of the node.
    ///   - threadsInUse: of all nodes.
    package init(_ status: NodeStatus, threadsInUse: [NodeID: [MetadataObjectID?: Int]] = [:]) {
        self.init(
            name: status.name,
            isAlive: status.isAlive,
            isQuiesced: status.isQuiesced || status.isClusterQuiesced,
            running: status.running,
            runningByAssignment: status.start.flatMap { threadsInUse[$0.record.id] } ?? [:],
            offer: status.start?.offer,
            stopped: status.stopped
        )
    }

    /// Threads of a node that has not told: enough for a share of every assignment.
    static let unknownThreads = 1000

    var isDispatching: Bool { (offer?.isDispatching ?? true) && !stopped.contains(.dispatcher) }
    var isProcessing: Bool { (offer?.isProcessing ?? true) && !stopped.contains(.processor) }

    /// Whether its dispatcher does not get on although it is enabled.
    var hasFailed: Bool { offer?.hasFailed ?? false }

    /// Whether nothing but threads can keep it from a start.
    var isAble: Bool { isDispatching && isProcessing && !hasFailed && !isQuiesced }

    /// Whether no thread of it is free; false where that is not known.
    var isFull: Bool { offer.map { running >= $0.threads } ?? false }

    func serves(application: String) -> Bool { offer?.applications?.contains(application) ?? true }

    /// A node that has not told of its clusters has none that could be counted on; it is not ruled out either.
    func serves(cluster: String) -> Bool { offer?.logicalClusters.contains(cluster) ?? true }

    /// Whether it may run requests of a class at all.
    func serves(_ work: WorkClass) -> Bool {
        serves(application: work.application) && (work.logicalCluster.map(serves(cluster:)) ?? true)
            && (work.requestedProcessor.map { $0 == name } ?? true)
    }
}
