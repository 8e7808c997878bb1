/// A token that a request has or waits for: a row of the lock table.
package struct LockClaim: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// By a request that runs.
        case held
        /// By a job set that runs, for a step below it.
        case reserved
        /// By a request that is BLOCKED or waits for a slot, or did and waits for a thread now.
        case waiting
    }

    package let token: LockToken
    package let request: RequestID
    /// Root of the request's tree: whoever changes a tree has the keys of all its claims.
    package let root: RequestID
    package let kind: Kind
    /// Whether an ancestor of the waiting request has the key: it waits for relatives alone, behind nobody else.
    package let isInner: Bool
    /// Rank of the request: what orders those that wait.
    package let rank: Rank

    package init(_ token: LockToken, of request: JobRequest, _ kind: Kind, isInner: Bool = false) {
        self.init(
            token: token,
            request: request.id,
            root: request.lineage.absParentID,
            kind: kind,
            isInner: isInner,
            rank: request.rank
        )
    }

    /// Takes every member as it was kept: for stores alone.
    package init(token: LockToken, request: RequestID, root: RequestID, kind: Kind, isInner: Bool, rank: Rank) {
        self.token = token
        self.request = request
        self.root = root
        self.kind = kind
        self.isInner = isInner
        self.rank = rank
    }

    package var isWaiting: Bool { kind == .waiting }
}

/// Whether the lock table has claims of a request, so that most requests need no look at it.
package enum LockStanding: String, CaseIterable, Hashable, Sendable {
    case none
    /// It waits for tokens or a slot.
    case queued
    case held
}
