package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func now() async -> Timestamp { writer.now() }

    // MARK: - Writing

    package func submit(
        _ submission: Submission,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> JobRequest {
        try await transact { try CommandInterpreter.submit(submission, audit: audit, call: call, in: &$0) }
    }

    package func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        guard commands.count <= StoreLimits.commandsPerCall else {
            throw StoreFault("\(commands.count) commands in one call; at most \(StoreLimits.commandsPerCall) fit")
        }
        return try await transact(weight: commands.count) { [context] transaction in
            try CommandInterpreter.perform(commands, context: context, in: &transaction)
        }
    }

    package func claim(_ claim: @escaping @Sendable () -> Claim) async throws -> ClaimResult {
        try await transact(weight: claim().weight) { [context] transaction in
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
        try await transact { try $0.append(record) }
    }

    // MARK: - Reading

    package func nextInstants(without classes: Set<WorkClass>) async throws -> NextInstants {
        try await readers.read { session in
            let statement = try session.statements.statement(PollQueries.nextInstants)
            statement.bind(try session.labels.keyList(of: classes))
            let instants = try statement.firstRow { row in
                NextInstants(
                    due: row.optionalInteger().map { Timestamp(milliseconds: $0) },
                    timer: row.optionalInteger().map { Timestamp(milliseconds: $0) }
                )
            }
            return instants ?? NextInstants(due: nil, timer: nil)
        }
    }

    package func request(_ id: RequestID) async throws -> RequestDetail? {
        try await readers.read { session in
            session.request.bind(id.value)
            return try session.request.firstRow { try session.detail($0, parameters: true) }
        }
    }

    package func requests(_ query: RequestQuery) async throws -> [RequestDetail] {
        // By number they are found at once.
        let pool = query.ids == nil ? searchers : readers
        return try await pool.read { try ListQueries.run(query, in: $0) }
    }

    package func history(of id: RequestID) async throws -> [TransitionStep] {
        try await readers.read { session in
            let statement = try session.statements.statement(ListQueries.history)
            statement.bind(id.value)
            return try statement.rows { try TransitionStep(row: $0) }
        }
    }

    package func skips(of id: RequestID) async throws -> [SkipRecord] {
        try await readers.read { session in
            let statement = try session.statements.statement(ListQueries.skips)
            statement.bind(id.value)
            return try statement.rows { try SkipRecord(row: $0) }
        }
    }

    package func attempts(of node: NodeID, after id: RequestID?, limit: Int) async throws -> [JobRequest] {
        try await readers.read { session in
            // A node that never owned anything has no label.
            guard let key = try session.labels.existingKey(of: node.value) else { return [] }
            let statement = try session.statements.statement(PollQueries.attemptsOfNode)
            statement.bind(key)
            statement.bind(id?.value ?? .min)
            statement.bind(limit)
            return try statement.rows(session.codec.read)
        }
    }

    package func auditTrail(targetKind: String, targetID: String) async throws -> [AuditRecord] {
        try await readers.read { session in
            let statement = try session.statements.statement(ListQueries.auditTrail)
            statement.bind(targetKind)
            statement.bind(targetID)
            return try statement.rows { try AuditRecord(row: $0) }
        }
    }
}
