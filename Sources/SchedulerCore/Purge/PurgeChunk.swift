/// Which of the roots that were found a run takes in one transaction: whole trees, as many as fit.
package struct PurgeChunk: Hashable, Sendable {
    /// Roots of the trees to take.
    package private(set) var roots: [RequestID] = []
    /// All requests in them.
    package private(set) var requests: Int64 = 0
    /// The last root that is done with, taken or passed over; nil = none.
    package private(set) var last: PurgeMark?
    /// Roots that are done with.
    package private(set) var examined = 0
    /// Whether it is one tree that alone has more than fits, and is taken in parts.
    package private(set) var isLarge = false
    /// Whether the run may take no more after this.
    package private(set) var isLast = false

    /// - Parameters:
    ///   - candidates: terminal roots that are old enough, in order of their ends.
    ///   - families: what lies below those that the criteria want; none for a root without children.
    ///   - run: says what is wanted.
    ///   - limit: requests that a chunk has at most, unless it is large.
    package init(
        _ candidates: [JobRequest],
        families: [RequestID: PurgeFamily],
        of run: PurgeRun,
        limit: Int
    ) {
        for root in candidates {
            if run.order.criteria.matches(root) {
                let family = families[root.id] ?? PurgeFamily()
                if family.live == 0 {
                    guard hasRoom(for: 1 + family.descendants, of: run, limit: limit) else { return }
                    roots.append(root.id)
                    requests += 1 + family.descendants
                }
            }
            examined += 1
            last = root.completedTime.map { PurgeMark(completedTime: $0, id: root.id) }
            if requests > Int64(limit) {
                isLarge = true
                break
            }
        }
        isLast = run.room.map { requests >= $0 } ?? false
    }

    /// A tree larger than all limits is taken alone, or it would stay for ever.
    private mutating func hasRoom(for size: Int64, of run: PurgeRun, limit: Int) -> Bool {
        if let room = run.room, requests + size > room, run.requests + requests > 0 {
            isLast = true
            return false
        }
        return requests == 0 || requests + size <= Int64(limit)
    }
}

/// Which requests go for good in one transaction: whole trees as far as they fit, of a larger one the youngest first
/// and its root last, so that what is left is found again.
package enum PurgeRemoval {
    /// A root whose tree may go.
    package struct Root: Hashable, Sendable {
        package let id: RequestID
        package let hasChildren: Bool

        package init(id: RequestID, hasChildren: Bool) {
            self.id = id
            self.hasChildren = hasChildren
        }
    }

    /// - Parameters:
    ///   - roots: of deleted trees, oldest deletion first.
    ///   - limit: requests at most.
    ///   - descendants: the youngest requests below a root, youngest first, at most so many.
    /// - Returns: what to remove, children before their parents.
    /// - Throws: what `descendants` throws.
    package static func plan(
        _ roots: [Root],
        limit: Int,
        descendants: (_ root: RequestID, _ limit: Int) throws -> [RequestID]
    ) rethrows -> [RequestID] {
        var taken: [RequestID] = []
        for root in roots {
            let room = limit - taken.count
            guard room > 0 else { break }
            // One more than fits tells that not all do.
            let below = root.hasChildren ? try descendants(root.id, room) : []
            if below.count < room {
                taken += below + [root.id]
            } else {
                if taken.isEmpty { taken = below }
                break
            }
        }
        return taken
    }
}
