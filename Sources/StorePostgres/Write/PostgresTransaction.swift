package import SchedulerCore

/// A write transaction: the verbs work on a unit of work, which reads ahead and writes in the end.
package struct PostgresTransaction: RequestTransaction {
    let work: UnitOfWork

    package var now: Timestamp { work.now }

    package mutating func standing(of node: NodeID) throws -> NodeStanding { try work.standing(of: node) }

    package mutating func lock(_ ids: [RequestID]) throws { try work.lock(ids) }

    package mutating func nextRequestID() throws -> RequestID { try work.nextRequestID() }

    package mutating func nextEpochs(_ count: Int) throws -> [AttemptEpoch] { try work.nextEpochs(count) }

    package mutating func request(_ id: RequestID) throws -> JobRequest? { try work.request(id) }

    package mutating func parameters(of ids: [RequestID]) throws -> [RequestID: [Parameter]] {
        try work.parameters(of: ids)
    }

    package mutating func insert(_ request: JobRequest, _ submission: Submission) throws {
        work.insert(request, submission)
    }

    package mutating func update(
        _ before: JobRequest,
        to after: JobRequest,
        steps: [TransitionStep]
    ) throws {
        try work.update(before, to: after, steps: steps)
    }

    package mutating func dispatchCandidates(limit: Int) throws -> [JobRequest] {
        try work.dispatchCandidates(limit: limit)
    }

    package mutating func dueWaiting(limit: Int) throws -> [JobRequest] { try work.dueWaiting(limit: limit) }

    package mutating func dueTimers(limit: Int) throws -> [JobRequest] { try work.dueTimers(limit: limit) }

    package mutating func hasPending(definition: MetadataObjectID) throws -> Bool {
        try work.hasPending(definition)
    }

    package mutating func append(_ record: AuditRecord) { work.append(record) }
}
