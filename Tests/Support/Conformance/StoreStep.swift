package import SchedulerCore

/// One call of a store, as a value: the same call can be made of several stores.
package enum StoreStep: Sendable {
    case submit(Submission, AuditEntry?)
    case perform([RequestCommand])
    case claim(Claim)
    case fireTimers(limit: Int)
    case nextInstants
    case request(RequestID)
    case requests(RequestQuery)
    case history(RequestID)
    case attempts(of: NodeID, after: RequestID?, limit: Int)
    case lostAttempts(for: NodeID, after: RequestID?, limit: Int)
    case append(AuditRecord)
    case auditTrail(targetID: String)
    case join(NodeRecord, lease: Duration, over: NodeID?)
    case renew(NodeID, lease: Duration)
    case leave(NodeID)
    case nodes
    case setQuiesced(Bool, QuiesceTarget, AuditEntry?)
    case lead(LeaderRole, NodeID, lease: Duration)
    case replaceMetadata(origin: String, ids: [String], documents: [String])
    case putMetadata(id: String, origin: String, document: String, unlessPresent: Bool)
    case metadataRevision
    case metadata
    /// A whole run in chunks of a size.
    case purge(PurgeOrder, limit: Int)
    /// Removes some of what is deleted for good.
    case removeDeleted(limit: Int)
    case now
    case changeSettings(RequestMachine.Settings)
}

/// What a store answered to a step.
package enum StoreAnswer: Hashable, Sendable {
    case done
    case joined(JoinOutcome)
    case standing(NodeStanding)
    case nodes([NodeStatus])
    case term(LeaderTerm?)
    case lost([LostAttempt])
    case request(JobRequest)
    case requests([JobRequest])
    case detail(RequestDetail?)
    case details([RequestDetail])
    case results([CommandResult])
    case claimed(ClaimResult)
    case instants(NextInstants)
    case history([TransitionStep])
    case trail([AuditRecord])
    case metadata([StoredMetadata])
    case time(Timestamp)
    case number(Int64)
    case purged(PurgeRun)
    case removed([RequestID], Int)
    case flag(Bool)
    case refused(SchedulerError)
    case fault(StoreFault.Kind)
}

extension StoreStep {
    /// Makes the call.
    ///
    /// - Returns: the answer; refusals and faults are answers too.
    /// - Throws: what no store may throw.
    package func run(on test: StoreUnderTest) async throws -> StoreAnswer {
        do {
            if let answer = try await manage(test.store) { return answer }
            if let answer = try await write(to: test) { return answer }
            return try await read(from: test.store)
        } catch let refusal as SchedulerError {
            return .refused(refusal)
        } catch let fault as StoreFault {
            return .fault(fault.kind)
        }
    }

    private func manage(_ store: any WholeStore) async throws -> StoreAnswer? {
        switch self {
        case .join(let node, let lease, let predecessor):
            return .joined(try await store.join(node, lease: lease, over: predecessor))
        case .renew(let node, let lease): return .standing(try await store.renew(node, lease: lease))
        case .leave(let node): try await store.leave(node)
        case .nodes: return .nodes(try await store.nodes())
        case .setQuiesced(let isQuiesced, let target, let audit):
            try await store.setQuiesced(isQuiesced, target, audit: audit)
        case .lead(let role, let node, let lease):
            return .term(try await store.lead(role, node: node, lease: lease))
        case .lostAttempts(let node, let id, let limit):
            return .lost(try await store.lostAttempts(for: node, after: id, limit: limit))
        default: return nil
        }
        return .done
    }

    private func write(to test: StoreUnderTest) async throws -> StoreAnswer? {
        let store = test.store
        switch self {
        case .submit(let submission, let audit): return .request(try await store.submit(submission, audit: audit))
        case .perform(let commands): return .results(try await store.perform(commands))
        case .claim(let claim): return .claimed(try await store.claim(claim))
        case .fireTimers(let limit): return .results(try await store.fireTimers(limit: limit))
        case .append(let record): try await store.append(record)
        case .replaceMetadata(let origin, let ids, let documents):
            let objects = zip(ids, documents).map { (id: $0, document: $1) }
            try await store.replaceMetadata(origin: origin, with: objects)
        case .putMetadata(let id, let origin, let document, let isNewOnly):
            return .flag(
                try await store.putMetadata(id: id, origin: origin, document: document, unlessPresent: isNewOnly)
            )
        case .changeSettings(let settings): test.changeSettings(settings)
        case .purge(let order, let limit): return .purged(try await test.purge(order, limit: limit))
        case .removeDeleted(let limit):
            let now = try await store.now()
            let ids = try await store.removableRequests(deletedUntil: now, limit: limit)
            let progress = try await store.removeRequests(ids, deletedUntil: now, clock: test.time)
            return .removed(ids, progress.count)
        default: return nil
        }
        return .done
    }

    private func read(from store: any WholeStore) async throws -> StoreAnswer {
        switch self {
        case .nextInstants: .instants(try await store.nextInstants())
        case .request(let id): .detail(try await store.request(id))
        case .requests(let query): .details(try await store.requests(query))
        case .history(let id): .history(try await store.history(of: id))
        case .attempts(let node, let id, let limit):
            .requests(try await store.attempts(of: node, after: id, limit: limit))
        case .auditTrail(let id): .trail(try await store.auditTrail(targetKind: "Request", targetID: id))
        case .metadata: .metadata(try await store.metadata())
        case .metadataRevision: .number(try await store.metadataRevision())
        default: .time(try await store.now())
        }
    }
}
