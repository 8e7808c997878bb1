import PostgresClient
import SchedulerCore
import StoreSupport

/// Requests above and below those that a transaction has in hand.
extension UnitOfWork {
    /// In order of the numbers; those that are locked already cost nothing.
    func lock(_ ids: [RequestID]) throws {
        let missing = Set(ids.filter { requests[$0] == nil }.map(\.value)).sorted()
        guard !missing.isEmpty else { return }
        let result = try session.query(PollQueries.locked) { $0.append(array: missing) }
        for id in missing { requests[RequestID(id)] = .some(nil) }
        try learn(result)
    }

    func request(_ id: RequestID) throws -> JobRequest? {
        try lock([id])
        return requests[id] ?? nil
    }

    func liveChildren(of parents: [RequestID]) throws -> [JobRequest] {
        let ids = Set(parents.map(\.value)).sorted()
        let results = try send(flushing() + [.init(PollQueries.liveChildren) { $0.append(array: ids) }])
        return note(try results[results.count - 1].stored(session.codec.read))
    }

    func plan(of root: RequestID) throws -> RequestPlan? {
        if let known = plans[root] { return known }
        let result = try session.query(PollQueries.plan) { $0.append(root.value) }
        let found = try result.stored { row in try row.blob(PlanCodec.decode) }.first ?? nil
        plans[root] = .some(found)
        return found
    }

    /// Locks what is above rows that were found, and leaves out those whose tree another transaction has in hand: to
    /// wait for it would be against the order of the locks.
    func withLockedTrees(_ found: [JobRequest]) throws -> [JobRequest] {
        try lockKeys(ofTreesOf: found)
        let below = found.filter { $0.lineage.parentID != nil && !passedOver.contains($0.id) }
        guard !below.isEmpty else { return found.filter { !passedOver.contains($0.id) } }
        let missing = Set(below.compactMap(\.lineage.parentID).filter { (requests[$0] ?? nil) == nil })
        if !missing.isEmpty {
            try learn(session.query(PollQueries.lockedIfFree) { $0.append(array: missing.map(\.value).sorted()) })
        }
        for request in below where !holdsTree(above: request) { passedOver.insert(request.id) }
        return found.filter { !passedOver.contains($0.id) }
    }

    /// Leaves out those of trees with a key that another transaction has.
    private func lockKeys(ofTreesOf found: [JobRequest]) throws {
        guard !found.isEmpty, try isLockTableUsed() else { return }
        let lost = try lockTrees(Set(found.map(\.lineage.absParentID)))
        for request in found where lost.contains(request.lineage.absParentID) { passedOver.insert(request.id) }
    }

    private func holdsTree(above request: JobRequest) -> Bool {
        var next = request.lineage.parentID
        while let id = next {
            guard case .some(.some(let parent)) = requests[id] else { return false }
            next = parent.lineage.parentID
        }
        return true
    }

    func replacePlan(of root: RequestID, with plan: RequestPlan) {
        writes += 1
        plans[root] = .some(plan)
        buffer.replacePlan(of: root, with: plan)
    }

    func append(_ skip: SkipRecord, to parent: RequestID) {
        writes += 1
        buffer.append(skip, to: parent, at: now)
    }

    func deleteDescendants(of root: RequestID) throws {
        writes += 1
        let time = now.milliseconds
        let call = WriteSession.Call(WriteStatements.deleteDescendants) { parameters in
            parameters.append(time)
            parameters.append(root.value)
        }
        _ = try send(flushing() + [call])
        hasFlushed = true
        for case .some(let request) in requests.values
        where request.lineage.absParentID == root && request.id != root {
            requests[request.id]??.deletedTime = now
        }
    }

    func replaceParameters(of id: RequestID, with new: [Parameter]) {
        writes += 1
        parameters[id] = new
        buffer.replaceParameters(of: id, with: new)
    }

    /// The definitions by the keys of their labels, in order, each once.
    static func definitionKeys(
        _ ids: [MetadataObjectID],
        _ session: WriteSession
    ) throws -> [(id: MetadataObjectID, key: Int64)] {
        try Set(ids).map { ($0, try session.labels.key(of: $0.description)) }.sorted { $0.1 < $1.1 }
    }
}
