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
    case attempts(AttemptOwner, after: RequestID?, limit: Int)
    case append(AuditRecord)
    case auditTrail(targetID: String)
    case join(NodeRecord, lease: Duration)
    case renew(NodeID, lease: Duration)
    case leave(NodeID)
    case replaceMetadata(origin: String, ids: [String], documents: [String])
    case putMetadata(id: String, origin: String, document: String)
    case metadata
    case now
    case changeSettings(RequestMachine.Settings)
}

/// What a store answered to a step.
package enum StoreAnswer: Hashable, Sendable {
    case done
    case flag(Bool)
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
            if let answer = try await write(to: test) { return answer }
            return try await read(from: test.store)
        } catch let refusal as SchedulerError {
            return .refused(refusal)
        } catch let fault as StoreFault {
            return .fault(fault.kind)
        }
    }

    private func write(to test: StoreUnderTest) async throws -> StoreAnswer? {
        let store = test.store
        switch self {
        case .submit(let submission, let audit): return .request(try await store.submit(submission, audit: audit))
        case .perform(let commands): return .results(try await store.perform(commands))
        case .claim(let claim): return .claimed(try await store.claim(claim))
        case .fireTimers(let limit): return .results(try await store.fireTimers(limit: limit))
        case .append(let record): try await store.append(record)
        case .join(let node, let lease): try await store.join(node, lease: lease)
        case .renew(let node, let lease): return .flag(try await store.renew(node, lease: lease))
        case .leave(let node): try await store.leave(node)
        case .replaceMetadata(let origin, let ids, let documents):
            let objects = zip(ids, documents).map { (id: $0, document: $1) }
            try await store.replaceMetadata(origin: origin, with: objects)
        case .putMetadata(let id, let origin, let document):
            try await store.putMetadata(id: id, origin: origin, document: document)
        case .changeSettings(let settings): test.changeSettings(settings)
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
        case .attempts(let owner, let id, let limit):
            .requests(try await store.attempts(owner, after: id, limit: limit))
        case .auditTrail(let id): .trail(try await store.auditTrail(targetKind: "Request", targetID: id))
        case .metadata: .metadata(try await store.metadata())
        default: .time(try await store.now())
        }
    }
}
