import SchedulerCore
import Synchronization

/// Purges (I6, I64, administration §6.5): whole trees that are over are marked and go, and nothing else changes.
extension Auditor {
    /// Requests that were seen to end, to be deleted, and to go.
    var removed: Set<RequestID> { state.withLock { $0.purges.removed } }

    static func checkPurge(
        _ commit: StoreCommit,
        _ changed: [RequestID],
        _ state: inout State,
        _ content: MemoryContent
    ) {
        let greatest = state.purges.greatest
        for id in changed where state.content.requests[id] == nil {
            state.expect(id > greatest, "number \(id) was had before")
            state.purges.greatest = max(state.purges.greatest, id)
        }
        switch commit {
        case .purgeBegun(let run):
            state.expect(state.purges.runs[run.id] == nil, "run \(run.id) was begun twice")
            state.purges.runs[run.id] = .init(order: run.order, start: content.lastTime)
            state.expect(changed.isEmpty, "the begin of a purge has changed \(changed)")
        case .purgeAdvanced(let progress, let limit): checkChunk(progress, limit, &state, content)
        case .removal(let ids, let cutoff, let count): checkRemoval(ids, cutoff, count, &state, content)
        default: break
        }
    }

    // MARK: - Marking

    private static func checkChunk(
        _ progress: PurgeProgress,
        _ limit: Int,
        _ state: inout State,
        _ content: MemoryContent
    ) {
        let place = "I64 purge \(progress.run.id)"
        guard var run = state.purges.runs[progress.run.id] else {
            state.violations.append("\(place) was never begun")
            return
        }
        // What somebody deletes meanwhile is counted by the run and no longer changed.
        if let part = run.part, state.content.requests[part]?.deletedTime != nil || state.content.requests[part] == nil
        {
            run.isShared = true
            run.part = nil
        }
        let marked = marks(&state, content, place)
        state.expect(marked.count <= limit, "\(place) marks \(marked.count) requests at once, not \(limit)")
        let roots = Set(marked.map(\.lineage.absParentID)).sorted()
        if let part = run.part, !run.isOver {
            state.expect(roots.allSatisfy { $0 == part }, "\(place) leaves \(part) half marked for \(roots)")
        }
        state.expect(roots.isEmpty || !(run.isOver || run.order.isDryRun), "\(place) marks \(roots)")
        for root in roots { checkTree(root, &run, limit, &state, content, place) }
        guard !run.order.isDryRun else {
            if progress.run.trees > 0 { state.count(.purgeCounted) }
            return
        }
        run.requests += Int64(marked.count)
        if run.isShared { (run.requests, run.trees) = (progress.run.requests, progress.run.trees) }
        state.expect(
            progress.run.requests == run.requests && progress.run.trees == run.trees,
            "\(place) tells of \(progress.run.requests) requests, \(progress.run.trees) trees, not \(run.requests), "
                + "\(run.trees)"
        )
        let trees = run.trees + (run.part == nil ? 0 : 1)
        if let most = run.order.maxRequests {
            state.expect(run.requests <= most || trees == 1, "\(place) takes \(run.requests) requests, not \(most)")
        }
        if progress.run.endedTime != nil, !run.isOver { checkEnd(&run, &state, content, place) }
        state.purges.runs[progress.run.id] = run
    }

    /// - Returns: those that were marked.
    private static func marks(_ state: inout State, _ content: MemoryContent, _ place: String) -> [JobRequest] {
        var marked: [JobRequest] = []
        state.expect(content.requests.count == state.content.requests.count, "\(place) makes or removes requests")
        for (id, request) in content.requests {
            guard let old = state.content.requests[id], old != request else { continue }
            var same = old
            same.deletedTime = request.deletedTime
            state.expect(same == request && old.deletedTime == nil, "\(place) changes \(id), \(old.state.rawValue)")
            state.expect(request.deletedTime == content.lastTime, "\(place) marks \(id) for another time")
            marked.append(request)
        }
        let isElse = content.history == state.content.history && content.claims == state.content.claims
        state.expect(isElse, "\(place) changes the history or locks")
        return marked
    }

    private static func checkTree(
        _ root: RequestID,
        _ run: inout AuditedPurges.Run,
        _ limit: Int,
        _ state: inout State,
        _ content: MemoryContent,
        _ place: String
    ) {
        let tree = content.requests.values.filter { $0.lineage.absParentID == root }
        for request in tree where !request.state.isTerminal {
            state.violations.append("\(place) takes the tree \(root), of which \(request.id) lives")
        }
        let isWanted = content.requests[root].map { run.wants($0) } ?? false
        state.expect(isWanted, "\(place) takes the tree \(root), which it was not to take")
        let isInParts = run.part == root
        guard tree.allSatisfy({ $0.deletedTime != nil }) else {
            state.expect(isInParts || tree.count > limit, "\(place) marks a part of \(root), which fits")
            state.expect(content.requests[root]?.deletedTime == nil, "\(place) marks \(root) before the rest")
            run.part = root
            return
        }
        state.count(isInParts ? .purgedInParts : .purged)
        run.part = nil
        run.trees += 1
        if run.order.isLogicalOnly {
            state.purges.kept.insert(root)
            state.count(.purgeKept)
        }
    }

    /// All that was over when a run began is marked with its end, if it was not to stop before.
    private static func checkEnd(
        _ run: inout AuditedPurges.Run,
        _ state: inout State,
        _ content: MemoryContent,
        _ place: String
    ) {
        run.isOver = true
        state.expect(run.part == nil, "\(place) ends with a half of \(run.part?.description ?? "none")")
        guard run.order.maxRequests == nil else { return state.count(.purgeLimited) }
        for root in content.requests.values where root.lineage.parentID == nil && root.deletedTime == nil {
            state.expect(!run.wants(root, before: run.start), "\(place) ends without \(root.id)")
        }
    }

    // MARK: - Removal

    private static func checkRemoval(
        _ ids: [RequestID],
        _ cutoff: Timestamp,
        _ count: Int,
        _ state: inout State,
        _ content: MemoryContent
    ) {
        let before = state.content.requests
        let gone = before.values.filter { content.requests[$0.id] == nil }
        state.expect(count == gone.count, "I64 a removal tells of \(count) requests, not of \(gone.count)")
        state.expect(content.requests.allSatisfy { before[$0.key] == $0.value }, "I64 a removal has changed others")
        for request in gone {
            let place = "I64 request \(request.id) in \(request.state.rawValue)"
            let root = request.lineage.absParentID
            let isAsked = ids.contains(request.id) && request.deletedTime.map { $0 <= cutoff } ?? false
            state.expect(isAsked, "\(place) is removed, deleted at \(request.deletedTime?.description ?? "no time")")
            state.expect(request.state.isTerminal, "\(place) is removed")
            state.expect(!state.purges.kept.contains(root), "\(place) is removed, which was to be kept")
            let tree = before.values.filter { $0.lineage.absParentID == root }
            let isOver = tree.allSatisfy { $0.state.isTerminal && $0.deletedTime != nil }
            state.expect(isOver && before[root] != nil, "\(place) is removed, but its tree is not deleted")
            let rest = tree.filter { content.requests[$0.id] != nil }
            state.expect(content.requests[root] != nil || rest.isEmpty, "\(place) leaves \(rest.map(\.id)) behind")
            if request.id == root { state.count(.removedTree) } else if !rest.isEmpty { state.count(.removedInParts) }
            state.expect(!hasRows(request.id, content), "\(place) leaves rows behind")
            state.purges.removed.insert(request.id)
        }
    }

    private static func hasRows(_ id: RequestID, _ content: MemoryContent) -> Bool {
        content.submissions[id] != nil || content.history[id] != nil || content.plans[id] != nil
            || content.skips[id] != nil || content.claims[id] != nil || content.kept.contains(id)
            || content.outbox.keys.contains { $0.requestID == id }
    }

    /// At the end of peace: every run has ended, and all that was deleted and may go is gone.
    func checkPurgesAreOver(_ content: MemoryContent) {
        state.withLock { state in
            for (id, run) in state.purges.runs where !run.isOver && content.purgeRuns[id]?.endedTime == nil {
                state.violations.append("I64 purge \(id) has not ended")
            }
            for request in content.requests.values where request.deletedTime != nil {
                let isKept = state.purges.kept.contains(request.lineage.absParentID)
                state.expect(isKept, "I64 request \(request.id) is deleted and not removed")
            }
        }
    }
}
