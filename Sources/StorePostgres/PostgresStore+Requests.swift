import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func now() async throws -> Timestamp {
        let (seen, wall) = clock.reading
        let clock = clock
        return try await readers.read { session in
            let now = try session.query(PollQueries.storeTime) { parameters in
                parameters.append(seen)
                parameters.append(wall)
            }
            .firstRow { $0.integer() }
            guard let now else { throw StoreFault("the database did not tell the time") }
            clock.note(now)
            return Timestamp(milliseconds: now)
        }
    }

    // MARK: - Writing

    package func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> JobRequest {
        try await transact(.submit(submission)) {
            try CommandInterpreter.submit(submission, audit: audit, call: call, in: &$0)
        }
    }

    package func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        guard commands.count <= StoreLimits.commandsPerCall else {
            throw StoreFault("\(commands.count) commands in one call; at most \(StoreLimits.commandsPerCall) fit")
        }
        var needs = WriteNeeds()
        needs.requests = commands.map(\.requestID)
        return try await transact(needs, weight: commands.count) { [context] transaction in
            try CommandInterpreter.perform(commands, context: context, in: &transaction)
        }
    }

    package func claim(_ claim: @escaping @Sendable () -> Claim) async throws -> ClaimResult {
        let first = claim()
        var needs = WriteNeeds()
        needs.labels = [first.node.value, first.processor] + context.work.model.labels
        needs.node = first.node
        return try await transact(needs, weight: first.weight) { [context] transaction in
            try CommandInterpreter.claim(claim(), context: context, in: &transaction)
        }
    }

    package func fireTimers(limit: Int) async throws -> [CommandResult] {
        try await transact(weight: limit) { [context] transaction in
            try CommandInterpreter.fireTimers(limit: limit, context: context, in: &transaction)
        }
    }

    package func sweepLocks(after id: RequestID?, limit: Int) async throws -> LockSweep {
        try await transact(weight: limit) { [context] transaction in
            try CommandInterpreter.sweepLocks(after: id, limit: limit, context: context, in: &transaction)
        }
    }

    package func diagnosisFacts(of id: RequestID) async throws -> DiagnosisFacts? {
        try await transact { [context] transaction in
            try CommandInterpreter.diagnosisFacts(of: id, context: context, in: &transaction)
        }
    }

    package func append(_ record: AuditRecord) async throws {
        try await transact { $0.append(record) }
    }

    // MARK: - Reading

    package func nextInstants(without classes: Set<WorkClass>) async throws -> NextInstants {
        try await readers.read { session in
            let keys = try session.labels.existingKeys(of: classes)
            let instants = try session.query(PollQueries.nextInstants) { $0.append(array: keys) }.firstRow { row in
                NextInstants(
                    due: row.optionalInteger().map { Timestamp(milliseconds: $0) },
                    timer: row.optionalInteger().map { Timestamp(milliseconds: $0) }
                )
            }
            return instants ?? NextInstants(due: nil, timer: nil)
        }
    }

    package func request(_ id: RequestID) async throws -> RequestDetail? { try await readers.request(id) }

    package func requests(_ query: RequestQuery) async throws -> [RequestDetail] {
        // By number they are found at once.
        guard query.ids == nil else { return try await readers.read { try $0.list(query) } }
        return try await readers.search { try $0.list(query) }
    }

    package func history(of id: RequestID) async throws -> [TransitionStep] {
        try await readers.read { session in
            try session.query(PollQueries.history) { $0.append(id.value) }.stored { try TransitionStep(row: $0) }
        }
    }

    package func skips(of id: RequestID) async throws -> [SkipRecord] {
        try await readers.read { session in
            try session.query(PollQueries.skips) { $0.append(id.value) }.stored { try SkipRecord(row: $0) }
        }
    }

    package func attempts(of node: NodeID, after id: RequestID?, limit: Int) async throws -> [JobRequest] {
        try await readers.read { session in
            // A node that never owned anything has no label.
            guard let key = try session.labels.existingKey(of: node.value) else { return [] }
            return try session.query(PollQueries.attemptsOfNode) { parameters in
                parameters.append(key)
                parameters.append(id?.value ?? .min)
                parameters.append(limit)
            }
            .stored(session.codec.read)
        }
    }

    package func auditTrail(targetKind: String, targetID: String) async throws -> [AuditRecord] {
        try await readers.read { session in
            try session.query(PollQueries.auditTrail) { parameters in
                parameters.append(StoredText.encode(targetKind))
                parameters.append(StoredText.encode(targetID))
            }
            .stored { try AuditRecord(row: $0) }
        }
    }
}
