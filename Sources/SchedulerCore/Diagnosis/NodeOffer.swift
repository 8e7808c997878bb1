/// What a node tells the others of itself: what it would run, and how much at once (administration §9).
package struct NodeOffer: Hashable, Sendable {
    /// `node.applications`; nil = all.
    package var applications: Set<String>?
    package var logicalClusters: Set<String>
    /// `processor.threads`.
    package var threads: Int
    /// `dispatcher.enabled`.
    package var isDispatching: Bool
    /// `processor.enabled`.
    package var isProcessing: Bool
    /// Whether it joined while something was bound to all others, and waits for that, see `WorkModel.leavesAside`.
    package var isNewcomer: Bool
    /// Whether its dispatcher has failed several times on end and not got on since.
    package var hasFailed: Bool

    package init(
        applications: Set<String>? = nil,
        logicalClusters: Set<String> = [],
        threads: Int,
        isDispatching: Bool = true,
        isProcessing: Bool = true,
        isNewcomer: Bool = false,
        hasFailed: Bool = false
    ) {
        self.applications = applications
        self.logicalClusters = logicalClusters
        self.threads = threads
        self.isDispatching = isDispatching
        self.isProcessing = isProcessing
        self.isNewcomer = isNewcomer
        self.hasFailed = hasFailed
    }
}
